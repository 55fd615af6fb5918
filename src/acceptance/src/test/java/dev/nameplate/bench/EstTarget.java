package dev.nameplate.bench;

import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.Wrapping;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** The EST service that is measured: its requests as bytes, and what its answers carry. */
record EstTarget(InetSocketAddress address, ClientTls tls) {
    private static final String PATH = "/.well-known/est/";

    /** @param operation with the label, if it is not the default one: {@code bench/simpleenroll} */
    byte[] post(String operation, String device, KeyPair keys, Closing closing) {
        Pkcs10 csr = CsrBuilder.forSigner(
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), Native.signer(keys))
                .subject(new X500Name("CN=" + device))
                .build();
        byte[] body = EstBase64.encode(csr.der(), Wrapping.LINES_64);
        var request = new ByteArrayOutputStream();
        request.writeBytes(ascii("POST " + PATH + operation + " HTTP/1.1\r\nHost: localhost:" + address.getPort()
                + "\r\nContent-Type: " + EstMediaTypes.PKCS10
                + "\r\nContent-Transfer-Encoding: base64\r\nContent-Length: "
                + body.length + "\r\n" + closing.header + "\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    byte[] get(String operation) {
        return ascii("GET " + PATH + operation + " HTTP/1.1\r\nHost: localhost:" + address.getPort() + "\r\n"
                + Closing.AFTER_THE_ANSWER.header + "\r\n");
    }

    /** The certificate that an answer to an enrolment carries. */
    static X509CertificateHolder certificate(HttpAnswer answer) {
        return CertsOnly.parse(Base64.getMimeDecoder().decode(answer.body())).getFirst();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    enum Closing {
        AFTER_THE_ANSWER("Connection: close\r\n"),
        KEPT_ALIVE("");

        private final String header;

        Closing(String header) {
            this.header = header;
        }
    }
}
