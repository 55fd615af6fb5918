package dev.nameplate.ca.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleRootTest {
    @Test
    void isTheHashOfNothingForAnEmptyList() {
        assertThat(new MerkleRoot().root())
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 13, 64, 100})
    void isWhatTheDefinitionSays(int size) {
        MerkleRoot tree = new MerkleRoot();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(("entry " + i).getBytes(US_ASCII));
            tree.add(entries.getLast());
        }

        assertThat(tree.root()).isEqualTo(defined(entries));
        assertThat(tree.size()).isEqualTo(size);
    }

    @Test
    void changesWithTheOrder() {
        assertThat(root("a", "b")).isNotEqualTo(root("b", "a"));
        assertThat(root("a", "b")).isNotEqualTo(root("ab"));
    }

    private static Sha256 root(String... entries) {
        MerkleRoot tree = new MerkleRoot();
        for (String entry : entries) {
            tree.add(entry.getBytes(US_ASCII));
        }
        return tree.root();
    }

    /** RFC 9162, 2.1.1, word by word. */
    private static Sha256 defined(List<byte[]> entries) {
        if (entries.size() == 1) {
            return Sha256.of(new byte[] {0}, entries.getFirst());
        }
        int half = Integer.highestOneBit(entries.size() - 1);
        return Sha256.of(
                new byte[] {1},
                defined(entries.subList(0, half)).octets(),
                defined(entries.subList(half, entries.size())).octets());
    }
}
