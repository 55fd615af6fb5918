package dev.nameplate.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** What clients ask about certificates of one issuer, with SHA-256. */
record OcspRequests(X509CertificateHolder issuer) {
    private static final int NONCE_OCTETS = 32;

    byte[] plain(BigInteger serial) {
        return octets(serial, new OCSPReqBuilder());
    }

    byte[] withNonce(BigInteger serial, Random random) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        try {
            byte[] value = new DEROctetString(nonce).getEncoded();
            return octets(
                    serial,
                    new OCSPReqBuilder()
                            .setRequestExtensions(new Extensions(
                                    new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, value))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As RFC 6960, A.1 writes it. */
    static String path(byte[] request) {
        return "/ocsp/" + URLEncoder.encode(Base64.getEncoder().encodeToString(request), StandardCharsets.US_ASCII);
    }

    /** A line each, for wrk. */
    static String hex(List<byte[]> requests) {
        return requests.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n", "", "\n"));
    }

    private byte[] octets(BigInteger serial, OCSPReqBuilder builder) {
        try {
            DigestCalculator digest =
                    new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
            return builder.addRequest(new CertificateID(digest, issuer, serial))
                    .build()
                    .getEncoded();
        } catch (OperatorCreationException | OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
