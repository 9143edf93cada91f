package dev.channels.benchmarks.spring.ours;

import org.slf4j.MDC;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

@Component
@Profile("mdc")
class WithMdc implements SenderSituation {

    @Override
    public void arise() {
        MDC.put("user", "somebody");
    }
}
