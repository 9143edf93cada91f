/**
 * Channels in plain Java: rendezvous, bounded, unbounded and conflated; broadcast, watch, one-shot and request; select
 * and timers.
 */
module dev.channels.core {
    requires static transitive org.jspecify;

    exports dev.channels;
}
