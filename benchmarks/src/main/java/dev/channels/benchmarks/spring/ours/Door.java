package dev.channels.benchmarks.spring.ours;

import dev.channels.Sender;
import dev.channels.benchmarks.spring.common.Entrance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class Door implements Entrance {

    private final Sender<Long> work;
    private final ObjectProvider<SenderSituation> situation;

    Door(Sender<Long> work, ObjectProvider<SenderSituation> situation) {
        this.work = work;
        this.situation = situation;
    }

    @Override
    public void begin() {
        situation.ifAvailable(SenderSituation::arise);
    }

    @Override
    public void send(Long message) throws InterruptedException {
        work.send(message);
    }
}
