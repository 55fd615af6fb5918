package dev.nameplate.ca.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TurnTest {
    private static final Duration LASTS = Duration.ofMillis(30);

    private final Book book = new Book();
    private final Turn turn = new Turn(book, "work", "this process", LASTS);

    @Test
    void holdsItsLeaseForAsLongAsTheWorkTakes() {
        assertThat(turn.alone(() -> book.isTakenAgain())).contains(true);
    }

    @Test
    void givesItBackLast() {
        assertThat(turn.alone(() -> book.isTakenAgain())).contains(true);

        assertThat(book.seen().getLast()).isEqualTo("release");
    }

    @Test
    void givesItBackWhereTheWorkFails() {
        assertThatThrownBy(() -> turn.alone(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(book.seen()).containsExactly("take", "release");
    }

    @Test
    void asksForItAgainWhereTheDatabaseWasAwayOnce() {
        book.fails = true;

        assertThat(turn.alone(() -> book.isTakenAgain())).contains(true);
        assertThat(book.seen()).startsWith("take", "failed", "take").endsWith("release");
    }

    @Test
    void doesNothingInTheTurnOfAnother() {
        book.others = true;

        assertThat(turn.alone(() -> "done")).isEmpty();
    }

    /** Notes who asked for what. */
    private static final class Book implements Leases {
        private final List<String> seen = new ArrayList<>();
        private final CountDownLatch twice = new CountDownLatch(2);
        private volatile boolean others;
        private volatile boolean fails;

        @Override
        public synchronized boolean take(String name, String holder, Duration lasts) {
            if (fails && seen.size() == 1) {
                seen.add("failed");
                throw new IllegalStateException("the database is away");
            }
            seen.add("take");
            twice.countDown();
            return !others;
        }

        @Override
        public synchronized void release(String name, String holder) {
            seen.add("release");
        }

        synchronized List<String> seen() {
            return List.copyOf(seen);
        }

        boolean isTakenAgain() {
            try {
                return twice.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
