package dev.channels.benchmarks.spring.ours;

import io.micrometer.context.ContextRegistry;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

@Component
@Profile("thread-local")
class WithThreadLocal implements SenderSituation {

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    WithThreadLocal() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER);
    }

    @Override
    public void arise() {
        USER.set("somebody");
    }
}
