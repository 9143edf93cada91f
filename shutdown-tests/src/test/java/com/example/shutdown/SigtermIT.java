package com.example.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.shutdown.ApplicationProcess.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The packaged application gets SIGTERM while its producers send without end and there is work to do everywhere. What it
 * wrote to the disk says of each message whether it was accepted and what became of it.
 */
class SigtermIT {

    private static final Set<String> ENDS = Set.of("handled", "dead", "abandoned");
    private static final Pattern REPORT = Pattern.compile("Channel '(\\S+)' left (\\d+) accepted messages? unhandled");

    private final List<Entry> ledger = new ArrayList<>();
    private final List<Entry> sinceClosing = new ArrayList<>();
    private String log = "";

    private static List<String> ids(List<Entry> entries, String what, String channel) {
        return entries.stream()
                .filter(entry -> entry.what().equals(what) && entry.channel().equals(channel))
                .map(Entry::id)
                .toList();
    }

    /** Sends SIGTERM when so many messages of each channel's producer were accepted. */
    private void terminate(String profile, Map<String, Integer> accepted) throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(profile)) {
            await().atMost(Duration.ofSeconds(60))
                    .failFast("It ended", () -> !application.isAlive())
                    .until(() -> isAccepted(application.ledger(), accepted));
            assertThat(application.terminate()).isEqualTo(ApplicationProcess.TERMINATED);
            ledger.addAll(application.ledger());
            sinceClosing.addAll(application.ledgerSinceClosing());
            log = application.log();
        }
        assertThat(log).doesNotContain(" ERROR ");
        assertEachAcceptedMessageHasOneEnd();
        assertWhatWasHandedOverIsInTheLogWithItsCount();
    }

    private static boolean isAccepted(List<Entry> ledger, Map<String, Integer> wanted) {
        return wanted.entrySet().stream()
                .allMatch(each -> ids(ledger, "accepted", each.getKey()).size() >= each.getValue());
    }

    private void assertEachAcceptedMessageHasOneEnd() {
        List<String> accepted = ledger.stream()
                .filter(entry -> entry.what().equals("accepted"))
                .map(Entry::id)
                .toList();
        List<String> ended = ledger.stream()
                .filter(entry -> ENDS.contains(entry.what()))
                .map(Entry::id)
                .toList();
        assertThat(ended).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(sinceClosing).anyMatch(entry -> ENDS.contains(entry.what()));
    }

    private void assertWhatWasHandedOverIsInTheLogWithItsCount() {
        Map<String, Long> handedOver = ledger.stream()
                .filter(entry -> entry.what().equals("abandoned"))
                .collect(Collectors.groupingBy(Entry::channel, Collectors.counting()));
        Map<String, Long> logged = REPORT.matcher(log)
                .results()
                .collect(Collectors.toMap(report -> report.group(1), report -> Long.valueOf(report.group(2))));
        assertThat(logged).isEqualTo(handedOver);
    }

    /** Each producer that does not stop was refused once, and then it stopped. */
    private void assertRefused(String... channels) {
        assertThat(ledger.stream().filter(entry -> entry.what().equals("refused")))
                .extracting(Entry::channel)
                .containsExactlyInAnyOrder(channels);
        assertThat(sinceClosing.stream().filter(entry -> entry.what().equals("refused")))
                .hasSize(channels.length);
    }

    private void assertReported(String... channels) {
        assertThat(ledger.stream()
                        .filter(entry -> entry.what().equals("abandoned"))
                        .map(Entry::channel)
                        .distinct())
                .containsExactlyInAnyOrder(channels);
    }

    /** The channel was closed when its upstream had done its last message, and not before. */
    private void assertClosedAfter(String what, String upstream, String closed) {
        List<Entry> both = ledger.stream()
                .filter(entry -> (entry.what().equals(what) && entry.channel().equals(upstream))
                        || (entry.what().equals("refused") && entry.channel().equals(closed)))
                .toList();
        assertThat(both.getLast().what()).isEqualTo("refused");
        assertThat(both).hasSizeGreaterThan(1);
    }

    @Test
    void aChainIsDrainedUpstreamFirst() throws Exception {
        terminate("chain", Map.of("a", 11));
        assertRefused("a", "b", "c");
        assertReported();
        assertClosedAfter("passed", "a", "b");
        assertClosedAfter("passed", "b", "c");
    }

    @Test
    void aChannelThatAListenerSendsToThroughABeanClosesAfterThatListener() throws Exception {
        terminate("beans", Map.of("orders", 11));
        assertRefused("orders", "paid");
        assertReported();
        assertClosedAfter("passed", "orders", "paid");
    }

    @Test
    void aDeadLetterChannelIsDrainedAfterItsSourceAndLettersThatNobodyReadsAreReported() throws Exception {
        terminate("dead-letters", Map.of("orders", 22, "visits", 11));
        assertRefused("orders", "visits");
        assertReported("unread");
        // The retries that were due before, and the dead letters of what was queued by then.
        assertThat(ids(ledger, "handled", "orders")).contains("orders-1", "orders-4");
        assertThat(ids(sinceClosing, "dead", "failed")).contains("orders-12", "orders-15");
        assertThat(ids(ledger, "abandoned", "unread"))
                .containsExactlyInAnyOrderElementsOf(ids(ledger, "accepted", "visits"));
        assertThat(log).doesNotContain("did not take it");
    }

    @Test
    void aCircleIsDrainedAndThenClosed() throws Exception {
        terminate("circle", Map.of("ping", 50));
        assertRefused();
        assertReported();
        assertThat(ids(sinceClosing, "handled", "pong")).hasSize(50);
    }

    @Test
    void aPausedListenerEmptiesItsChannelAndWhatAStoppedOneHasIsReported() throws Exception {
        terminate("paused", Map.of("paused", 10, "stopped", 10));
        assertRefused("paused", "stopped");
        assertReported("stopped");
        assertThat(ids(sinceClosing, "handled", "paused"))
                .containsExactlyInAnyOrderElementsOf(ids(ledger, "accepted", "paused"));
        assertThat(ids(ledger, "abandoned", "stopped")).containsExactlyElementsOf(ids(ledger, "accepted", "stopped"));
    }

    @Test
    void whatTheTimeIsTooShortForIsReportedAndTheProcessEndsThoughAListenerIgnoresInterrupts() throws Exception {
        terminate("out-of-time", Map.of("deaf", 11, "stuck", 11, "ping", 11));
        assertRefused("deaf", "stuck", "ping");
        assertThat(ids(ledger, "abandoned", "deaf")).isNotEmpty();
        assertThat(ids(ledger, "abandoned", "stuck")).isNotEmpty();
        assertThat(log)
                .contains("were not drained within PT1.8S; closing them at once")
                .containsOnlyOnce("Listener 'deaf' ignores the interrupt at shutdown");
    }
}
