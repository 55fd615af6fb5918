package dev.nameplate.est;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** For the client: reads the bodies of cacerts and enrolment answers as leniently as servers are careless. */
public final class EstAnswers {
    private static final Set<String> PEM_LABELS = Set.of("PKCS7", "CMS", "PKCS #7 SIGNED DATA");

    private EstAnswers() {}

    /**
     * Reads base64 with any layout, PEM or bare DER. Content-Transfer-Encoding has no say (RFC 8951, 3).
     *
     * @param contentType the header as received, null where there is none
     * @throws MalformedMessageException if it is of another media type, or carries no certificates
     */
    public static List<X509CertificateHolder> certificates(@Nullable String contentType, byte[] body) {
        if (!EstMediaTypes.isPkcs7(contentType)) {
            throw new MalformedMessageException(
                    "the answer's Content-Type is " + printable(contentType) + ", not application/pkcs7-mime");
        }
        return CertsOnly.parse(EstBase64.decode(body, PEM_LABELS).contentInPlace());
    }

    /**
     * Reads an enrolment answer, which carries one certificate alone (RFC 7030, 4.2.3). Where a server added its chain,
     * the one for the given key is taken.
     *
     * @param publicKey the SubjectPublicKeyInfo of the request, in DER
     * @throws MalformedMessageException also if no certificate is for that key
     */
    public static X509CertificateHolder issued(@Nullable String contentType, byte[] body, byte[] publicKey) {
        return certificates(contentType, body).stream()
                .filter(certificate -> isFor(publicKey, certificate))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedMessageException("the answer has no certificate for the key of the request"));
    }

    /** Reads what a server asks of requests. */
    public static CsrAttributes csrAttributes(@Nullable String contentType, byte[] body) {
        if (!EstMediaTypes.isCsrAttributes(contentType)) {
            throw new MalformedMessageException(
                    "the answer's Content-Type is " + printable(contentType) + ", not application/csrattrs");
        }
        return CsrAttributes.parse(EstBase64.decode(body).contentInPlace());
    }

    static boolean isFor(byte[] publicKey, X509CertificateHolder certificate) {
        return Asn1.reading(
                "public key of a certificate",
                () -> Arrays.equals(
                        publicKey, certificate.getSubjectPublicKeyInfo().getEncoded("DER")));
    }

    private static String printable(@Nullable String header) {
        return header == null ? "missing" : '"' + header.replaceAll("[^ -~]", "?") + '"';
    }
}
