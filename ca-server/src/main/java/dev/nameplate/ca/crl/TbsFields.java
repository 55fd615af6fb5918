package dev.nameplate.ca.crl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.Time;

/** The fields of a {@code TBSCertList} before and after the list (RFC 5280, 5.1.2). */
final class TbsFields {
    private final CrlDraft draft;

    TbsFields(CrlDraft draft) {
        this.draft = draft;
    }

    byte[] before() throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (ASN1Object field : List.of(
                new ASN1Integer(1),
                draft.key().signatory().algorithm(),
                draft.key().name(),
                time(draft.times().thisUpdate()),
                time(draft.times().nextUpdate()))) {
            fields.write(field.getEncoded(ASN1Encoding.DER));
        }
        return fields.toByteArray();
    }

    byte[] after() throws IOException {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(
                extension(Extension.authorityKeyIdentifier, false, draft.key().keyIdentifier()));
        extensions.add(
                extension(Extension.cRLNumber, false, new CRLNumber(java.math.BigInteger.valueOf(draft.number()))));
        if (!draft.distributionPoint().isEmpty()) {
            extensions.add(extension(Extension.issuingDistributionPoint, true, distributionPoint()));
        }
        return new DERTaggedObject(true, 0, new Extensions(extensions.toArray(Extension[]::new)))
                .getEncoded(ASN1Encoding.DER);
    }

    /** Exactly the names that the certificates have: a verifier compares them (RFC 5280, 6.3.3). */
    private IssuingDistributionPoint distributionPoint() {
        GeneralName[] names = draft.distributionPoint().stream()
                .map(url -> new GeneralName(GeneralName.uniformResourceIdentifier, url))
                .toArray(GeneralName[]::new);
        return new IssuingDistributionPoint(
                new DistributionPointName(new GeneralNames(names)), false, false, null, false, false);
    }

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    private static Time time(Instant instant) {
        return new Time(Date.from(instant));
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value)
            throws IOException {
        return new Extension(type, critical, new DEROctetString(value));
    }
}
