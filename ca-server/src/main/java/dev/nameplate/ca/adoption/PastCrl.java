package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A CRL of the CA before, in DER or PEM. */
final class PastCrl implements PastReader {
    /** Above it, so many numbers are left that no CA runs out of them. */
    private static final int MOST_NUMBER_BITS = 56;

    private final Path file;
    private final TBSCertList list;
    private final CertificateList whole;
    private final byte[] octets;

    private PastCrl(Path file, byte[] octets) throws IOException {
        this.file = file;
        this.octets = octets;
        this.whole = new X509CRLHolder(octets).toASN1Structure();
        this.list = whole.getTBSCertList();
    }

    /** @throws IllegalArgumentException if it is no CRL */
    static PastCrl read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            return new PastCrl(file, content.length > 0 && content[0] == '-' ? decoded(content) : content);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(file + " is not a CRL: " + e.getMessage(), e);
        }
    }

    private static byte[] decoded(byte[] text) throws IOException {
        try (PemReader pem =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII))) {
            PemObject part = pem.readPemObject();
            return part == null ? new byte[0] : part.getContent();
        }
    }

    /** Why it does not tell of what this issuer revoked, if it does not. */
    Optional<String> objection(CertificateDer issuer) {
        if (!list.getIssuer().equals(issuer.parsed().getSubject())) {
            return Optional.of("it is the CRL of another issuer, " + list.getIssuer());
        }
        if (!isSignedBy(issuer)) {
            return Optional.of("it is not signed by the issuer's key");
        }
        if (extension(Extension.deltaCRLIndicator).isPresent()) {
            return Optional.of("it is a delta CRL; give the complete one");
        }
        if (number().filter(value -> value.signum() < 0 || value.bitLength() > MOST_NUMBER_BITS)
                .isPresent()) {
            return Optional.of("its number has more than " + MOST_NUMBER_BITS + " bits; there is no going on above it");
        }
        return Optional.empty();
    }

    Optional<BigInteger> number() {
        return extension(Extension.cRLNumber)
                .map(extension ->
                        ASN1Integer.getInstance(extension.getParsedValue()).getValue());
    }

    Instant thisUpdate() {
        return list.getThisUpdate().getDate().toInstant();
    }

    long size() {
        return octets.length;
    }

    Sha256 hash() {
        return Sha256.of(octets);
    }

    long entries() {
        return list.getRevokedCertificates().length;
    }

    @Override
    public void read(Told told) {
        for (var entries = entriesOf(list); entries.hasMoreElements(); ) {
            TBSCertList.CRLEntry entry = entries.nextElement();
            String where =
                    file + " entry " + entry.getUserCertificate().getValue().toString(16);
            Past past;
            try {
                past = past(entry);
            } catch (IllegalArgumentException e) {
                told.wrong(where, String.valueOf(e.getMessage()));
                continue;
            }
            told.past(where, past);
        }
    }

    @SuppressWarnings("unchecked") // the library has no types of its elements
    private static Enumeration<TBSCertList.CRLEntry> entriesOf(TBSCertList list) {
        return list.getRevokedCertificateEnumeration();
    }

    private static Past past(TBSCertList.CRLEntry entry) {
        Optional<Extensions> extensions = Optional.ofNullable(entry.getExtensions());
        if (extensions.map(all -> all.getExtension(Extension.certificateIssuer)).isPresent()) {
            throw new IllegalArgumentException("it is about a certificate of another issuer (an indirect CRL)");
        }
        return new Past(
                new SerialNumber(entry.getUserCertificate().getValue()),
                Optional.empty(),
                Optional.empty(),
                "",
                standing(entry.getRevocationDate().getDate().toInstant(), extensions));
    }

    private static Standing standing(Instant at, Optional<Extensions> extensions) {
        RevocationReason reason = extensions
                .map(all -> all.getExtension(Extension.reasonCode))
                .map(code -> ASN1Enumerated.getInstance(code.getParsedValue()).intValueExact())
                .map(PastCrl::reason)
                .orElse(RevocationReason.UNSPECIFIED);
        Optional<Instant> invalidity = extensions
                .map(all -> all.getExtension(Extension.invalidityDate))
                .map(date -> PastCrl.time(ASN1GeneralizedTime.getInstance(date.getParsedValue())));
        return PastStanding.revoked(at, reason, invalidity);
    }

    private static RevocationReason reason(int code) {
        if (code == CRLReason.removeFromCRL) {
            throw new IllegalArgumentException("it is an entry of a delta CRL");
        }
        return RevocationReason.ofCode(code);
    }

    private static Instant time(ASN1GeneralizedTime time) {
        try {
            return time.getDate().toInstant();
        } catch (ParseException e) {
            throw new IllegalArgumentException("its invalidity date cannot be read", e);
        }
    }

    private Optional<Extension> extension(ASN1ObjectIdentifier type) {
        return Optional.ofNullable(list.getExtensions()).map(all -> all.getExtension(type));
    }

    private boolean isSignedBy(CertificateDer issuer) {
        try {
            AsymmetricKeyParameter key =
                    PublicKeyFactory.createKey(issuer.parsed().getSubjectPublicKeyInfo());
            return Signatures.verifies(
                    whole.getSignatureAlgorithm(),
                    key,
                    list.getEncoded(ASN1Encoding.DER),
                    whole.getSignature().getOctets());
        } catch (IOException notAKey) {
            return false;
        }
    }

    Path file() {
        return file;
    }
}
