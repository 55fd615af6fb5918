package dev.nameplate.acceptance.torture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The units of a batch that a line has to make, and what became of them as the stations know it. */
final class Work {
    private final String batch;
    private final int units;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, String> verified = new ConcurrentHashMap<>();
    private final Map<String, String> scrapped = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    Work(String batch, int units) {
        this.batch = batch;
        this.units = units;
    }

    String batch() {
        return batch;
    }

    Optional<String> nextUnit() {
        int number = next.incrementAndGet();
        return number > units ? Optional.empty() : Optional.of("unit-%06d".formatted(number));
    }

    int begun() {
        return Math.min(next.get(), units);
    }

    void verified(String unit, String serial) {
        verified.put(unit, serial);
    }

    void scrapped(String unit) {
        scrapped.put(unit, unit);
    }

    void fault(String what) {
        faults.add(what);
    }

    int verified() {
        return verified.size();
    }

    int scrapped() {
        return scrapped.size();
    }

    /** The serial of the certificate that each good unit has. */
    Map<String, String> good() {
        return Map.copyOf(verified);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
