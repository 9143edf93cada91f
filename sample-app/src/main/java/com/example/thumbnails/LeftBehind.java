package com.example.thumbnails;

import dev.channels.spring.AbandonedMessages;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says which accepted pictures the shutdown had no time for, and where they are. */
@Component
class LeftBehind implements AbandonedMessages {

    private static final Logger log = LoggerFactory.getLogger(LeftBehind.class);

    @Override
    public void abandoned(String channel, List<?> messages) {
        for (Object message : messages) {
            if (message instanceof Picture picture) {
                log.warn("Left behind: picture {} ({}), kept as {}", picture.id(), picture.name(), picture.upload());
            }
        }
    }
}
