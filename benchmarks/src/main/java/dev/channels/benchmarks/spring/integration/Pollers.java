package dev.channels.benchmarks.spring.integration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.stereotype.Component;

/** A poller takes one message after the other, so that there is one for each worker. */
@Component
class Pollers implements ApplicationRunner {

    private final IntegrationFlowContext flows;
    private final QueueChannel queue;
    private final Listener listener;
    private final int workers;

    Pollers(
            IntegrationFlowContext flows,
            QueueChannel queue,
            Listener listener,
            @Value("${integration.workers}") int workers) {
        this.flows = flows;
        this.queue = queue;
        this.listener = listener;
        this.workers = workers;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (int worker = 0; worker < workers; worker++) {
            flows.registration(IntegrationFlow.from(queue)
                            .handle(listener, "handle")
                            .get())
                    .register();
        }
    }
}
