package dev.nameplate.ca.canary;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;

/** By HTTP, at the addresses that stand in the certificate (RFC 5280, 4.2.1.13 and 4.2.2.1), as any relying party would. */
public final class HttpLookout implements Lookout, AutoCloseable {
    private static final int MOST_OCSP_BYTES = 64 * 1024;

    private final HttpClient client;
    private final Duration patience;

    /** @param patience for one answer */
    public HttpLookout(Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.patience = patience;
    }

    @Override
    public OcspWord ocsp(CertificateDer certificate, CertificateDer issuer) {
        URI door = responder(certificate.parsed())
                .orElseThrow(() -> new LookoutException("the canary's certificate names no OCSP responder"));
        CertificateID id = id(certificate.parsed(), issuer.parsed());
        try (InputStream body = send(ask(door, id), BodyHandlers.ofInputStream())) {
            return word(new OCSPResp(body.readNBytes(MOST_OCSP_BYTES)), id, door);
        } catch (IOException | OCSPException e) {
            throw new LookoutException(door + " answered no OCSP: " + e.getMessage(), e);
        }
    }

    /** Looks for the serial's octets as they go by, so that a CRL of any size is looked through in a little memory. */
    @Override
    public boolean listed(CertificateDer certificate) {
        URI point = distributionPoint(certificate.parsed())
                .orElseThrow(() -> new LookoutException("the canary's certificate names no CRL"));
        try (InputStream body = send(request(point).GET(), BodyHandlers.ofInputStream())) {
            return contains(
                    new BufferedInputStream(body),
                    new ASN1Integer(certificate.serial().value()).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new LookoutException(point + " broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Twenty random octets do not appear by chance, nor do their first ones twice. */
    static boolean contains(InputStream stream, byte[] wanted) throws IOException {
        byte[] window = new byte[wanted.length];
        int next = stream.read();
        while (next >= 0) {
            System.arraycopy(window, 1, window, 0, window.length - 1);
            window[window.length - 1] = (byte) next;
            if (window[0] == wanted[0] && Arrays.equals(window, wanted)) {
                return true;
            }
            next = stream.read();
        }
        return false;
    }

    private HttpRequest.Builder ask(URI door, CertificateID id) throws OCSPException, IOException {
        byte[] question = new OCSPReqBuilder().addRequest(id).build().getEncoded();
        return request(door)
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question));
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(patience);
    }

    private <T> T send(HttpRequest.Builder built, BodyHandler<T> handler) throws IOException {
        HttpRequest request = built.build();
        try {
            HttpResponse<T> response = client.send(request, handler);
            if (response.statusCode() != 200) {
                throw new LookoutException(request.uri() + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LookoutException("interrupted while asking " + request.uri(), e);
        }
    }

    private static OcspWord word(OCSPResp response, CertificateID id, URI door) throws OCSPException {
        if (response.getStatus() != OCSPResp.SUCCESSFUL
                || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw new LookoutException(door + " answered the OCSP status " + response.getStatus());
        }
        SingleResp single = Arrays.stream(basic.getResponses())
                .filter(each -> each.getCertID().equals(id))
                .findFirst()
                .orElseThrow(() -> new LookoutException(door + " answered about another certificate"));
        return switch (single.getCertStatus()) {
            case null -> OcspWord.GOOD;
            case RevokedStatus _ -> OcspWord.REVOKED;
            default -> OcspWord.UNKNOWN;
        };
    }

    private static CertificateID id(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        try {
            byte[] name = issuer.getSubject().getEncoded(ASN1Encoding.DER);
            byte[] key = issuer.getSubjectPublicKeyInfo().getPublicKeyData().getBytes();
            return new CertificateID(new CertID(
                    new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                    new DEROctetString(hash(name)),
                    new DEROctetString(hash(key)),
                    new ASN1Integer(certificate.getSerialNumber())));
        } catch (IOException e) {
            throw new IllegalStateException("a parsed name always encodes", e);
        }
    }

    private static byte[] hash(byte[] octets) {
        return Sha256.of(octets).octets();
    }

    private static Optional<URI> responder(X509CertificateHolder certificate) {
        AuthorityInformationAccess access = AuthorityInformationAccess.fromExtensions(certificate.getExtensions());
        return access == null
                ? Optional.empty()
                : Arrays.stream(access.getAccessDescriptions())
                        .filter(one -> one.getAccessMethod().equals(X509ObjectIdentifiers.id_ad_ocsp))
                        .map(AccessDescription::getAccessLocation)
                        .flatMap(HttpLookout::uri)
                        .findFirst();
    }

    private static Optional<URI> distributionPoint(X509CertificateHolder certificate) {
        CRLDistPoint points = CRLDistPoint.fromExtensions(certificate.getExtensions());
        return points == null
                ? Optional.empty()
                : Arrays.stream(points.getDistributionPoints())
                        .map(point -> point.getDistributionPoint())
                        .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                        .flatMap(name -> Arrays.stream(
                                GeneralNames.getInstance(name.getName()).getNames()))
                        .flatMap(HttpLookout::uri)
                        .findFirst();
    }

    private static Stream<URI> uri(GeneralName name) {
        return name.getTagNo() == GeneralName.uniformResourceIdentifier
                ? Stream.of(URI.create(ASN1IA5String.getInstance(name.getName()).getString()))
                : Stream.empty();
    }
}
