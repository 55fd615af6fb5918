package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.testkit.Recipe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a station brings back, or reads from a stick: a bundle's header, a unit, an entry of its journal, a signed line of it. */
public final class BundleFuzz {
    private static final SubjectPublicKeyInfo KEY =
            Recipe.leaf("CN=journal").selfSigned().certificate().parsed().getSubjectPublicKeyInfo();
    private static final List<Consumer<byte[]>> READERS = List.of(
            input -> {
                if (!Arrays.equals(BundleHeader.parse(input).octets(), input)) {
                    throw new AssertionError("another header came back");
                }
            },
            input -> same(SealedUnit.parse(input)),
            input -> same(JournalEntry.parse(input)),
            input -> JournalLine.parse(new String(input, StandardCharsets.ISO_8859_1), KEY));

    private BundleFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Consumer<byte[]> reader : READERS) {
            try {
                reader.accept(input);
            } catch (IllegalArgumentException _) {
                // the one way to say no
            }
        }
    }

    private static void same(SealedUnit unit) {
        if (!SealedUnit.parse(unit.octets()).equals(unit)) {
            throw new AssertionError("another unit came back");
        }
    }

    private static void same(JournalEntry entry) {
        if (!Arrays.equals(JournalEntry.parse(entry.octets()).octets(), entry.octets())) {
            throw new AssertionError("another entry came back");
        }
    }
}
