package dev.channels;

/** Stands for the message of an operation that wants room and has no message yet. */
enum Reserved {
    ROOM
}
