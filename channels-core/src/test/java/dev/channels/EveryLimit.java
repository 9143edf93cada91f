package dev.channels;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario for channels that can be full: capacities 0, 1, 2 and 10. */
@Target(METHOD)
@Retention(RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(value = Capacity.class, names = "UNBOUNDED", mode = EnumSource.Mode.EXCLUDE)
@interface EveryLimit {}
