package dev.channels.benchmarks.peers

import dev.channels.benchmarks.Outcome
import dev.channels.benchmarks.Stopwatch
import dev.channels.benchmarks.Threading
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** What [Crew] is to threads: coroutines that set out together. */
internal class CoroutineCrew(private val threading: Threading) {

    private val workers = mutableListOf<suspend () -> Unit>()
    private val receivers = mutableListOf<suspend () -> Long>()

    /** Adds a coroutine that the clock does not wait for. */
    fun work(work: suspend () -> Unit) {
        workers += work
    }

    /** Adds a coroutine that results in the sum of what it received. */
    fun receive(receiver: suspend () -> Long) {
        receivers += receiver
    }

    fun run(): Outcome {
        val ready = CountDownLatch(workers.size + receivers.size)
        val start = CompletableDeferred<Unit>()
        val stopwatch = Stopwatch(receivers.size)
        val all = workers + receivers.map { receiver -> suspend { stopwatch.received(receiver()) } }

        val running = all.map { work ->
            start {
                try {
                    ready.countDown()
                    start.await()
                    work()
                } catch (failure: Throwable) {
                    stopwatch.failed(failure)
                }
            }
        }
        ready.await()
        try {
            stopwatch.start()
            start.complete(Unit)
            val outcome = stopwatch.await()
            runBlocking { running.joinAll() }
            return outcome
        } finally {
            running.forEach { it.cancel() }
        }
    }

    /** On platform threads each coroutine has one to itself, and blocks it while it waits. */
    private fun start(body: suspend () -> Unit): Job {
        if (threading == Threading.VIRTUAL) {
            return CoroutineScope(Dispatchers.Default).launch { body() }
        }
        val job = CompletableDeferred<Unit>()
        thread(isDaemon = true) {
            runBlocking(job) { body() }
            job.complete(Unit)
        }
        return job
    }
}
