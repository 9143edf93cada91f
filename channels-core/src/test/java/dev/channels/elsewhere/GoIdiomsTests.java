package dev.channels.elsewhere;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Receiver;
import dev.channels.Select;
import dev.channels.SenderHandle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GoIdiomsTests {

    @Test
    void aSelectWithADefaultNeverWaits() throws Exception {
        Channel<String> messages = Channel.rendezvous();

        String what = Select.fair(
                        receive(messages, message -> "received " + message),
                        send(messages, () -> "hi", () -> "sent"),
                        otherwise(() -> "nobody there"))
                .await();

        assertThat(what).isEqualTo("nobody there");
    }

    @Test
    void aNilChannelIsASupplierThatGivesNull() throws Exception {
        Channel<String> in = Channel.rendezvous();
        Channel<String> out = Channel.rendezvous();

        go(() -> {
            Deque<String> queue = new ArrayDeque<>();
            AtomicBoolean open = new AtomicBoolean(true);
            Select<Boolean> step = Select.fair(
                    receive(in, queue::add).when(open::get).onClosed(() -> open.getAndSet(false)),
                    send(out, queue::peek, () -> queue.remove() != null));
            while (open.get() || !queue.isEmpty()) {
                step.await();
            }
            out.close();
        });

        for (String message : List.of("a", "b", "c")) {
            in.send(message);
        }
        in.close();
        assertThat(out.stream().toList()).containsExactly("a", "b", "c");
    }

    @Test
    void aNilChannelIsAGuardThatSaysNo() throws Exception {
        Channel<String> orders = Channel.bounded(2);
        AtomicInteger room = new AtomicInteger(1);
        Select<String> next = Select.fair(
                receive(orders, order -> order + ", " + room.decrementAndGet() + " left")
                        .when(() -> room.get() > 0),
                timeout(Duration.ofMillis(10), () -> "no room"));
        orders.send("a");
        orders.send("b");

        assertThat(next.await()).isEqualTo("a, 0 left");
        assertThat(next.await()).isEqualTo("no room");
    }

    @Test
    void aRangeOverAChannelEndsWhenItIsClosed() {
        Channel<Integer> squares = Channel.rendezvous();
        go(() -> {
            for (int i = 1; i <= 3; i++) {
                squares.send(i * i);
            }
            squares.close();
        });

        int sum = 0;
        for (int square : squares) {
            sum += square;
        }

        assertThat(sum).isEqualTo(1 + 4 + 9);
    }

    @Test
    void commaOkIsTheOnClosedOfAClause() throws Exception {
        Channel<Integer> numbers = Channel.bounded(1);
        Select<String> next = Select.fair(receive(numbers, n -> "got " + n).onClosed(() -> "closed"));
        numbers.send(1);
        numbers.close();

        assertThat(next.await()).isEqualTo("got 1");
        assertThat(next.await()).isEqualTo("closed");
        assertThat(numbers.isClosedForReceive()).isTrue();
    }

    @Test
    void timeAfterStandsInASelect() throws Exception {
        Channel<String> answers = Channel.bounded(1);
        answers.send("in time");
        Receiver<Instant> deadline = Channel.after(Duration.ofMillis(20));
        Select<String> next = Select.biased(receive(answers, answer -> answer), receive(deadline, due -> "too late"));

        assertThat(next.await()).isEqualTo("in time");
        assertThat(next.await()).isEqualTo("too late");
    }

    @Test
    void aWaitGroupIsAHandleForEachWorker() throws Exception {
        Channel<Integer> jobs = Channel.bounded(10);
        Channel<Integer> results = Channel.bounded(10);
        for (int i = 0; i < 3; i++) {
            SenderHandle<Integer> out = results.newSender();
            go(() -> {
                try (out) {
                    for (int job : jobs) {
                        out.send(job * 2);
                    }
                }
            });
        }

        for (int job = 1; job <= 5; job++) {
            jobs.send(job);
        }
        jobs.close();

        assertThat(results.stream().toList()).containsExactlyInAnyOrder(2, 4, 6, 8, 10);
    }

    @Test
    void thePrimeSieve() {
        Channel<Integer> numbers = Channel.rendezvous();
        go(() -> {
            for (int i = 2; i < 30; i++) {
                numbers.send(i);
            }
            numbers.close();
        });

        List<Integer> primes = new ArrayList<>();
        Iterator<Integer> rest = numbers.iterator();
        while (rest.hasNext()) {
            int prime = rest.next();
            primes.add(prime);
            Iterator<Integer> unsieved = rest;
            Channel<Integer> sieved = Channel.rendezvous();
            go(() -> {
                while (unsieved.hasNext()) {
                    int number = unsieved.next();
                    if (number % prime != 0) {
                        sieved.send(number);
                    }
                }
                sieved.close();
            });
            rest = sieved.iterator();
        }

        assertThat(primes).containsExactly(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);
    }

    @Test
    void aDaisyChainOfTenThousand() throws Exception {
        Channel<Integer> leftmost = Channel.rendezvous();
        Channel<Integer> end = leftmost;
        for (int i = 0; i < 10_000; i++) {
            Channel<Integer> left = end;
            Channel<Integer> right = Channel.rendezvous();
            go(() -> left.send(1 + right.receive()));
            end = right;
        }

        end.send(1);

        assertThat(leftmost.receive()).isEqualTo(10_001);
    }

    @Test
    void aDoneChannelTellsAllByItsClose() throws Exception {
        Channel<Object> done = Channel.rendezvous();
        Channel<Integer> numbers = Channel.rendezvous();
        Channel<String> ended = Channel.rendezvous();
        for (String name : List.of("a", "b")) {
            go(() -> {
                Select<Boolean> step = Select.fair(
                        receive(done, nothing -> false).onClosed(() -> false), send(numbers, () -> 1, () -> true));
                while (step.await()) {}
                ended.send(name);
            });
        }
        numbers.receive();
        numbers.receive();

        done.close();

        assertThat(List.of(ended.receive(), ended.receive())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void fanInIsAHandleForEachInput() throws Exception {
        Channel<String> ann = Channel.bounded(2);
        Channel<String> joe = Channel.bounded(2);
        Channel<String> both = Channel.rendezvous();
        SenderHandle<String> untilAllAreThere = both.newSender();
        for (Channel<String> input : List.of(ann, joe)) {
            SenderHandle<String> out = both.newSender();
            go(() -> {
                try (out) {
                    for (String message : input) {
                        out.send(message);
                    }
                }
            });
        }
        untilAllAreThere.close();

        ann.send("ann 1");
        joe.send("joe 1");
        ann.send("ann 2");
        ann.close();
        joe.close();

        assertThat(both.stream().toList())
                .containsExactlyInAnyOrder("ann 1", "joe 1", "ann 2")
                .containsSubsequence("ann 1", "ann 2");
    }

    @Test
    void theFirstErrorOfAnErrgroupIsTheCauseOfTheClose() {
        Channel<String> pages = Channel.rendezvous();
        for (String page : List.of("a", "broken", "b")) {
            go(() -> {
                try {
                    pages.send(fetch(page));
                } catch (IOException e) {
                    pages.close(e);
                } catch (ChannelClosedException anotherFailed) {
                    // nobody wants this page any more
                }
            });
        }

        assertThatThrownBy(() -> pages.stream().toList())
                .isInstanceOf(ChannelClosedException.class)
                .hasRootCauseMessage("no such page: broken");
    }

    @Test
    void aSemaphoreIsABoundedChannel() throws Exception {
        Channel<String> semaphore = Channel.bounded(3);
        AtomicInteger working = new AtomicInteger();
        Channel<Integer> seen = Channel.bounded(20);
        for (int i = 0; i < 20; i++) {
            go(() -> {
                semaphore.send("acquired");
                try {
                    seen.send(working.incrementAndGet());
                } finally {
                    working.decrementAndGet();
                    semaphore.receive();
                }
            });
        }

        for (int i = 0; i < 20; i++) {
            assertThat(seen.receive()).isBetween(1, 3);
        }
    }

    @Test
    void lenAndCapAreSizeAndCapacity() throws Exception {
        Channel<String> channel = Channel.bounded(3);
        channel.send("a");

        assertThat(channel.size()).isEqualTo(1);
        assertThat(channel.capacity()).isEqualTo(3);
    }

    private static String fetch(String page) throws IOException {
        if (page.equals("broken")) {
            throw new IOException("no such page: " + page);
        }
        return "<" + page + ">";
    }
}
