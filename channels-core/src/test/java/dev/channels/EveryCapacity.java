package dev.channels;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario for capacities 0, 1, 2, 10 and unbounded. */
@Target(METHOD)
@Retention(RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(Capacity.class)
@interface EveryCapacity {}
