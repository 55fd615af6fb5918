package dev.nameplate.ca.lint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Time;

/** UTCTime to 2049, GeneralizedTime after, in Zulu with seconds and without fractions (RFC 5280, 4.1.2.5). */
final class TimeForm implements Lint {
    private static final int FIRST_GENERALIZED_YEAR = 2050;
    private static final int HEADER = 2;
    private static final String UTC = "\\d{12}Z";
    private static final String GENERALIZED = "\\d{14}Z";

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        Time start = draft.tbs().getStartDate();
        Time end = draft.tbs().getEndDate();
        check("notBefore", start, finding);
        check("notAfter", end, finding);
        if (instant(end).isBefore(instant(start))) {
            finding.accept("notAfter is before notBefore");
        }
    }

    private static void check(String field, Time time, Consumer<String> finding) {
        boolean late = instant(time).atOffset(ZoneOffset.UTC).getYear() >= FIRST_GENERALIZED_YEAR;
        boolean right = switch (time.toASN1Primitive()) {
            case ASN1UTCTime utc -> !late && octets(utc).matches(UTC);
            case ASN1GeneralizedTime generalized -> late && octets(generalized).matches(GENERALIZED);
            default -> false;
        };
        if (!right) {
            finding.accept(field + " is not UTCTime to 2049 or GeneralizedTime after, in Zulu with whole seconds");
        }
    }

    private static Instant instant(Time time) {
        return time.getDate().toInstant();
    }

    private static String octets(ASN1Primitive time) {
        try {
            byte[] der = time.getEncoded(ASN1Encoding.DER);
            return new String(der, HEADER, der.length - HEADER, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed time always encodes", e);
        }
    }
}
