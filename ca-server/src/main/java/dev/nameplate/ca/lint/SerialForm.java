package dev.nameplate.ca.lint;

import java.math.BigInteger;
import java.util.function.Consumer;

/** A positive serial of at most 20 octets (RFC 5280, 4.1.2.2). */
final class SerialForm implements Lint {
    private static final int MAX_BITS = 159;

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        BigInteger serial = draft.tbs().getSerialNumber().getValue();
        if (serial.signum() <= 0 || serial.bitLength() > MAX_BITS) {
            finding.accept("serial is not positive with at most 20 octets");
        }
    }
}
