package dev.channels.benchmarks.spring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.channels.benchmarks.spring.common.LeftBehind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** The context closes with much left to do and senders that do not stop: what is lost, and who is left standing. */
final class Close implements Task.Procedure {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final Duration SENDERS_ARE_BLOCKED = Duration.ofMillis(50);
    private static final Duration STUCK = Duration.ofMillis(300);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    private static final Pattern LEFT = Pattern.compile("left (\\d+) accepted");

    @Override
    public Map<String, Double> of(Running running) throws InterruptedException {
        LeftBehind leftBehind =
                running.context().getBeanProvider(LeftBehind.class).getIfAvailable();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);

        Pressure pressure = new Pressure(running.entrance(), running.work().handled());
        pressure.start(running.number("senders"), running.number("rate"));
        waitForBacklog(pressure, running.number("queued"));
        long queued = pressure.accepted() - pressure.handled();

        long start = System.nanoTime();
        running.context().close();
        pressure.late();
        long handled = pressure.handled();
        long nanos = System.nanoTime() - start;

        pressure.startOne(0);
        long stuck = pressure.alive(STUCK);
        Thread.sleep(AFTERWARDS);
        long lost = pressure.accepted() - handled;
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("queued", (double) queued);
        results.put("lost", (double) lost);
        results.put("millis", nanos / 1e6);
        results.put("late", (double) pressure.acceptedLate());
        results.put("stuck", (double) stuck);
        results.put("afterwards", (double) (pressure.handled() - handled));
        if (leftBehind != null) {
            long told = leftBehind.count();
            results.put("left", (double) told);
            results.put("untold", (double) Math.abs(lost - told));
            results.put("unlogged", (double) Math.abs(lost - left(messages(log))));
        }
        return results;
    }

    private static void waitForBacklog(Pressure pressure, int queued) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pressure.accepted() - pressure.handled() < queued) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only %d messages of %d came to be waiting"
                        .formatted(pressure.accepted() - pressure.handled(), queued));
            }
            Thread.sleep(LOOK_AGAIN);
        }
        Thread.sleep(SENDERS_ARE_BLOCKED);
    }

    private static List<String> messages(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** How many messages the log says were left. */
    static long left(List<String> log) {
        long left = 0;
        for (String line : log) {
            Matcher matcher = LEFT.matcher(line);
            if (matcher.find()) {
                left += Long.parseLong(matcher.group(1));
            }
        }
        return left;
    }
}
