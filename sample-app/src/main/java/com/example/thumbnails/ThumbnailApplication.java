package com.example.thumbnails;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

@SpringBootApplication
@EnableConfigurationProperties(ThumbnailSettings.class)
class ThumbnailApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ThumbnailApplication.class);
        // Thumbnails are CPU-bound work on virtual threads, and those share as many carrier threads as there are cores.
        // One core is left free, so that requests are answered while all workers are busy.
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        application.setDefaultProperties(Map.of("thumbnails.workers", workers));
        application.run(args);
    }
}
