package dev.nameplate.ca.pki;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one CRL is about: everything that a generation of an issuer issued, or one shard of it.
 *
 * @param shard 0 for everything
 */
public record CrlScope(IssuerGeneration issuer, int shard) implements Comparable<CrlScope> {
    public static final int MAX_SHARDS = 65_535;

    private static final Pattern NAME = Pattern.compile("g([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,4}))?");
    private static final Comparator<CrlScope> ORDER = Comparator.comparing(
                    (CrlScope scope) -> scope.issuer().issuer().value())
            .thenComparingInt(scope -> scope.issuer().number())
            .thenComparingInt(CrlScope::shard);

    public CrlScope {
        if (shard < 0 || shard > MAX_SHARDS) {
            throw new IllegalArgumentException("shards are counted from 1 to " + MAX_SHARDS + ", not " + shard);
        }
    }

    public static CrlScope full(IssuerGeneration issuer) {
        return new CrlScope(issuer, 0);
    }

    /** @throws IllegalArgumentException if the name is not as {@link #name} writes it */
    public static CrlScope of(IssuerName issuer, String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new IllegalArgumentException("a CRL's name is not written gN or gN-SHARD, as in g1 or g1-7");
        }
        return new CrlScope(
                new IssuerGeneration(issuer, Integer.parseInt(match.group(1))),
                match.group(2) == null ? 0 : Integer.parseInt(match.group(2)));
    }

    /** @throws IllegalArgumentException if the text is not as {@link #toString} writes it */
    public static CrlScope parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a CRL is not written ISSUER/gN or ISSUER/gN-SHARD, as in devices/g1");
        }
        return of(new IssuerName(text.substring(0, slash)), text.substring(slash + 1));
    }

    public boolean isFull() {
        return shard == 0;
    }

    /** Below the issuer, in URLs and files: as in {@code g1} or {@code g1-7}. */
    public String name() {
        return isFull() ? "g" + issuer.number() : "g" + issuer.number() + "-" + shard;
    }

    @Override
    public int compareTo(CrlScope other) {
        return ORDER.compare(this, other);
    }

    /** As in {@code devices/g1} or {@code devices/g1-7}. */
    @Override
    public String toString() {
        return issuer.issuer() + "/" + name();
    }
}
