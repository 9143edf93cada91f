/** Channels in plain Java: rendezvous, bounded, unbounded, conflated and broadcast. */
module dev.channels.core {
    requires static transitive org.jspecify;

    exports dev.channels;
}
