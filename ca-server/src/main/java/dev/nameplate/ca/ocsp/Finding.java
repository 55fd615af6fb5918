package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * Where one certificate stands, for an answer.
 *
 * @param standing nothing if its issuer never issued it
 * @param from thisUpdate, in whole seconds
 * @param to nextUpdate, in whole seconds
 */
record Finding(CertId id, Optional<Standing> standing, Instant from, Instant to) {
    private static final int UNKNOWN = 2;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Without fractions of a second (RFC 9919, 3.2.4). */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    SingleResponse response() {
        return new SingleResponse(
                CertID.getInstance(ASN1Sequence.getInstance(id.octets())),
                status(),
                new DERGeneralizedTime(time(from)),
                new DERGeneralizedTime(time(to)),
                (Extensions) null);
    }

    private CertStatus status() {
        return standing.map(known -> switch (known) {
                    case Standing.Good() -> new CertStatus();
                    case Standing.Held held -> revoked(held.at(), RevocationReason.CERTIFICATE_HOLD);
                    case Standing.Revoked revoked -> revoked(revoked.at(), revoked.reason());
                })
                .orElseGet(() -> new CertStatus(UNKNOWN, DERNull.INSTANCE));
    }

    private static CertStatus revoked(Instant at, RevocationReason reason) {
        CRLReason written = reason == RevocationReason.UNSPECIFIED ? null : CRLReason.lookup(reason.code());
        return new CertStatus(new RevokedInfo(new ASN1GeneralizedTime(time(at)), written));
    }
}
