package dev.nameplate.ca.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HttpLookoutTest {
    private static final byte[] WANTED = {2, 3, 7, 7, 9};

    @Test
    void findsWhatGoesByWhereverItBegins() throws IOException {
        assertThat(found(2, 3, 7, 7, 9)).isTrue();
        assertThat(found(0, 2, 2, 3, 7, 2, 3, 7, 7, 9, 1)).isTrue();
    }

    @Test
    void findsNothingInWhatIsOnlyLikeIt() throws IOException {
        assertThat(found()).isFalse();
        assertThat(found(2, 3, 7, 7)).isFalse();
        assertThat(found(3, 7, 7, 9, 2)).isFalse();
    }

    private static boolean found(int... octets) throws IOException {
        byte[] stream = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            stream[i] = (byte) octets[i];
        }
        return HttpLookout.contains(new ByteArrayInputStream(stream), WANTED);
    }
}
