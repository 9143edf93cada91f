package dev.channels;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenarios for platform and for virtual threads: each is run with both. */
@Target(TYPE)
@Retention(RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(Threads.class)
@interface EveryKindOfThread {}
