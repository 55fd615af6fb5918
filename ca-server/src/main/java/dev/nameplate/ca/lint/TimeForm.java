package dev.nameplate.ca.lint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Time;

/** UTCTime to 2049, GeneralizedTime after, in Zulu with seconds and without fractions (RFC 5280, 4.1.2.5). */
final class TimeForm implements Lint {
    private static final Instant FIRST_GENERALIZED = Instant.parse("2050-01-01T00:00:00Z");
    private static final int HEADER = 2;
    private static final Pattern UTC = Pattern.compile("\\d{12}Z");
    private static final Pattern GENERALIZED = Pattern.compile("\\d{14}Z");

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        check("notBefore", draft.tbs().getStartDate(), draft.notBefore(), finding);
        check("notAfter", draft.tbs().getEndDate(), draft.notAfter(), finding);
        if (draft.notAfter().isBefore(draft.notBefore())) {
            finding.accept("notAfter is before notBefore");
        }
    }

    static void check(String field, Time time, Instant instant, Consumer<String> finding) {
        boolean late = !instant.isBefore(FIRST_GENERALIZED);
        boolean right = switch (time.toASN1Primitive()) {
            case ASN1UTCTime utc -> !late && UTC.matcher(octets(utc)).matches();
            case ASN1GeneralizedTime generalized ->
                late && GENERALIZED.matcher(octets(generalized)).matches();
            default -> false;
        };
        if (!right) {
            finding.accept(field + " is not UTCTime to 2049 or GeneralizedTime after, in Zulu with whole seconds");
        }
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
