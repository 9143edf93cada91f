package dev.channels.benchmarks.peers

import dev.channels.benchmarks.Messages
import dev.channels.benchmarks.Outcome
import dev.channels.benchmarks.Peer
import dev.channels.benchmarks.Shape
import dev.channels.benchmarks.Share
import dev.channels.benchmarks.Workload
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.selects.select

/** Channels of Kotlin. */
class KotlinPeer : Peer {

    override fun takes(workload: Workload) = true

    override fun run(workload: Workload): Outcome {
        val crew = CoroutineCrew(workload.threading())
        val messages = workload.messages()
        // Capacities are written as ours: 0 is a rendezvous, the greatest Int is no limit.
        val channels = List(workload.shape().pipes()) { Channel<Long>(workload.capacity()) }
        when (val shape = workload.shape()) {
            is Shape.Transfer -> transfer(crew, messages, channels.first(), shape)
            is Shape.PingPong -> pingPong(crew, messages, channels.first(), channels.last())
            is Shape.Chain -> chain(crew, messages, channels)
            is Shape.SelectOver -> selectOver(crew, messages, channels)
        }
        return crew.run()
    }

    private fun transfer(crew: CoroutineCrew, messages: Long, channel: Channel<Long>, shape: Shape.Transfer) {
        repeat(shape.senders()) {
            val share = Share.of(messages, it, shape.senders())
            crew.work { sendAll(channel, share) }
        }
        repeat(shape.receivers()) {
            val share = Share.of(messages, it, shape.receivers())
            crew.receive { receiveAll(channel, share.size()) }
        }
    }

    private fun pingPong(crew: CoroutineCrew, messages: Long, there: Channel<Long>, back: Channel<Long>) {
        crew.work { passOn(there, back, messages) }
        crew.receive {
            var sum = 0L
            for (number in 0 until messages) {
                there.send(Messages.get(number))
                sum += back.receive()
            }
            sum
        }
    }

    private fun chain(crew: CoroutineCrew, messages: Long, channels: List<Channel<Long>>) {
        channels.zipWithNext { left, right -> crew.work { passOn(left, right, messages) } }
        crew.work { sendAll(channels.first(), Share(0, messages)) }
        crew.receive { receiveAll(channels.last(), messages) }
    }

    private fun selectOver(crew: CoroutineCrew, messages: Long, channels: List<Channel<Long>>) {
        channels.forEachIndexed { sender, channel ->
            val share = Share.of(messages, sender, channels.size)
            crew.work { sendAll(channel, share) }
        }
        crew.receive {
            var sum = 0L
            for (number in 0 until messages) {
                sum += first(channels)
            }
            sum
        }
    }

    private suspend fun sendAll(channel: SendChannel<Long>, share: Share) {
        for (number in share.from() until share.to()) {
            channel.send(Messages.get(number))
        }
    }

    private suspend fun receiveAll(channel: ReceiveChannel<Long>, messages: Long): Long {
        var sum = 0L
        for (number in 0 until messages) {
            sum += channel.receive()
        }
        return sum
    }

    // These two do not know what a message is: Kotlin would unbox a Long, and box it again.

    private suspend fun <T> passOn(from: ReceiveChannel<T>, to: SendChannel<T>, messages: Long) {
        for (number in 0 until messages) {
            to.send(from.receive())
        }
    }

    private suspend fun <T> first(channels: List<ReceiveChannel<T>>): T = select {
        for (channel in channels) {
            channel.onReceive { it }
        }
    }
}
