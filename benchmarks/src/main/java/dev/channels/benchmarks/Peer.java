package dev.channels.benchmarks;

/** Something that hands messages over, ours included. */
public interface Peer {

    /**
     * Whether it can do this.
     *
     * @param workload what to do
     * @return whether {@link #run} may be called with it
     */
    boolean takes(Workload workload);

    /**
     * Does it once, with everything new: pipes, threads.
     *
     * @param workload what to do
     * @return what came of it
     * @throws Exception if a sender or receiver failed, or did not come to an end
     */
    Outcome run(Workload workload) throws Exception;
}
