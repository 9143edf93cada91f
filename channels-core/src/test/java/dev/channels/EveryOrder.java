package dev.channels;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios for every order of messages, and for platform and virtual threads: each is run with all of them. */
@Target(TYPE)
@Retention(RUNTIME)
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.channels.Order#withEveryKindOfThread")
@interface EveryOrder {}
