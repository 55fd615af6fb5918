package dev.nameplate.ca.storm;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.Bucket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where those wait, in order, whose requests are here: for a place among those at work, and for the rate to allow one more.
 * The lane of the nearly expired goes first; of ten turns the others get one nevertheless, so that they are never shut out.
 */
final class Lanes {
    private static final int TURN_OF_THE_OTHERS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Lane, Deque<Waiter>> queues = new EnumMap<>(Lane.class);
    private final StormSettings.Places places;
    private final Bucket rate;
    private int atWork;
    private int turns;

    private record Waiter(Lane lane, Condition called) {}

    Lanes(StormSettings.Places places, Bucket rate) {
        this.places = places;
        this.rate = rate;
        for (Lane lane : Lane.values()) {
            queues.put(lane, new ArrayDeque<>());
        }
    }

    /** @return how long it waited, in nanoseconds; nothing if its lane is full or its patience is over */
    Optional<Long> enter(Lane lane) {
        lock.lock();
        try {
            Deque<Waiter> queue = queue(lane);
            if (isEmpty() && nanosUntilFree() == 0) {
                take();
                return Optional.of(0L);
            }
            return queue.size() < places.waiting()
                    ? await(new Waiter(lane, lock.newCondition()), queue)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            atWork--;
            callNext();
        } finally {
            lock.unlock();
        }
    }

    int waiting(Lane lane) {
        lock.lock();
        try {
            return queue(lane).size();
        } finally {
            lock.unlock();
        }
    }

    int atWork() {
        lock.lock();
        try {
            return atWork;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Long> await(Waiter waiter, Deque<Waiter> queue) {
        long began = System.nanoTime();
        queue.add(waiter);
        try {
            while (!mayGo(waiter)) {
                long left = places.patience().toNanos() - (System.nanoTime() - began);
                if (left <= 0) {
                    return Optional.empty();
                }
                long pause = pause(waiter, left);
                long rest = waiter.called().awaitNanos(pause);
                assert rest <= pause;
            }
            take();
            return Optional.of(System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            queue.remove(waiter);
            callNext();
        }
    }

    private boolean mayGo(Waiter waiter) {
        return waiter.equals(next()) && nanosUntilFree() == 0;
    }

    /** Until it is called; whoever is next looks by itself when the rate allows one more. */
    private long pause(Waiter waiter, long left) {
        return waiter.equals(next()) ? Math.min(nanosUntilFree(), left) : left;
    }

    private void take() {
        boolean taken = rate.tryConsume(1);
        assert taken : "nobody else takes from it";
        atWork++;
        turns++;
    }

    /** @return for how long the rate allows nobody; for ever, while every place is taken: then whoever leaves calls */
    private long nanosUntilFree() {
        return atWork < places.atWork()
                ? rate.estimateAbilityToConsume(1).getNanosToWaitForRefill()
                : TimeUnit.DAYS.toNanos(1);
    }

    private void callNext() {
        Waiter next = next();
        if (next != null) {
            next.called().signal();
        }
    }

    private @Nullable Waiter next() {
        Deque<Waiter> first = queue(Lane.NEARLY_EXPIRED);
        Deque<Waiter> others = queue(Lane.OTHERS);
        boolean ofTheOthers = first.isEmpty() || (turns % TURN_OF_THE_OTHERS == 0 && !others.isEmpty());
        return (ofTheOthers ? others : first).peek();
    }

    private boolean isEmpty() {
        return queues.values().stream().allMatch(Deque::isEmpty);
    }

    private Deque<Waiter> queue(Lane lane) {
        return requireNonNull(queues.get(lane));
    }
}
