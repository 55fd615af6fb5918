package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.OperatorName;

/**
 * Which of a batch's key-encryption keys: those of a station follow one another.
 *
 * @param number counted from 1
 */
public record KekNumber(OperatorName station, int number) {
    public KekNumber {
        if (number < 1) {
            throw new IllegalArgumentException("key-encryption keys are counted from 1, not from " + number);
        }
    }

    public KekNumber next() {
        return new KekNumber(station, number + 1);
    }

    /** As in {@code line-1/2}. */
    @Override
    public String toString() {
        return station + "/" + number;
    }
}
