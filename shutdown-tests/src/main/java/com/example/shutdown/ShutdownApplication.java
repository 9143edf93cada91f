package com.example.shutdown;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Works until it is told to stop. */
@SpringBootApplication
class ShutdownApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ShutdownApplication.class, arguments);
    }
}
