package dev.channels.spring;

/** A message of the tests. */
public record Order(int number) {}
