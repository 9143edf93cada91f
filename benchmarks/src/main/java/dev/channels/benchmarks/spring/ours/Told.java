package dev.channels.benchmarks.spring.ours;

import dev.channels.benchmarks.spring.common.LeftBehind;
import dev.channels.spring.AbandonedMessages;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

@Component
@Profile("told")
class Told implements AbandonedMessages, LeftBehind {

    private final AtomicLong count = new AtomicLong();

    @Override
    public void abandoned(String channel, List<?> messages) {
        count.addAndGet(messages.size());
    }

    @Override
    public long count() {
        return count.get();
    }
}
