package com.example.shutdown;

/**
 * A message.
 *
 * @param from the channel that its producer sent it to
 * @param number which one it is of that producer
 * @param laps how often it goes round a circle yet
 */
record Item(String from, int number, int laps) {

    String id() {
        return from + "-" + number;
    }

    Item nextLap() {
        return new Item(from, number, laps - 1);
    }
}
