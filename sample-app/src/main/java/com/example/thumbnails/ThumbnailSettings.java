package com.example.thumbnails;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys below {@code thumbnails} in {@code application.yml}.
 *
 * @param directory where uploads and thumbnails are kept
 * @param heartbeat how long an event stream is silent at most
 */
@ConfigurationProperties("thumbnails")
record ThumbnailSettings(Path directory, Duration heartbeat) {}
