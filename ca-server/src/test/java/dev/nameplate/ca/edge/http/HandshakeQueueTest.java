package dev.nameplate.ca.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandshakeQueueTest {
    private final List<Integer> begun = new ArrayList<>();
    private final HandshakeQueue queue = new HandshakeQueue(2, Runnable::run);

    @Test
    void beginsAsManyAsItHasPlacesAndTheOthersInTheirOrder() {
        for (int i = 1; i <= 5; i++) {
            int number = i;
            queue.enter(() -> begun.add(number));
        }
        assertThat(begun).containsExactly(1, 2);
        assertThat(queue.waiting()).isEqualTo(3);

        queue.leave();
        queue.leave();
        queue.leave();

        assertThat(begun).containsExactly(1, 2, 3, 4, 5);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void givesAPlaceBackThatNobodyWaitsFor() {
        queue.enter(() -> begun.add(1));
        queue.enter(() -> begun.add(2));
        queue.leave();

        queue.enter(() -> begun.add(3));

        assertThat(begun).containsExactly(1, 2, 3);
    }
}
