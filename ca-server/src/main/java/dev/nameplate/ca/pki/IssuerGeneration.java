package dev.nameplate.ca.pki;

/** One key and certificate of an issuer; profiles and labels name the issuer, never a generation. Counted from 1. */
public record IssuerGeneration(IssuerName issuer, int number) {
    public IssuerGeneration {
        if (number < 1) {
            throw new IllegalArgumentException("issuer generations are counted from 1, not " + number);
        }
    }

    /**
     * As {@link #toString} writes it.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    public static IssuerGeneration parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("issuer is not written name/number, as in devices/1");
        }
        return new IssuerGeneration(
                new IssuerName(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** As in {@code devices/1}. */
    @Override
    public String toString() {
        return issuer + "/" + number;
    }
}
