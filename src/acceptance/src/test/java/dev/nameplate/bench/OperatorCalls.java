package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Calls of the operator API by the first operator, on one connection. */
final class OperatorCalls implements AutoCloseable {
    private static final int ANSWER_BYTES = 64 * 1024;

    private final InetSocketAddress door;
    private final TlsConnection connection;

    private OperatorCalls(InetSocketAddress door, TlsConnection connection) {
        this.door = door;
        this.connection = connection;
    }

    static OperatorCalls open(InetSocketAddress door, Path home) {
        try {
            Identity admin = identity(home.resolve("operators/admin.pem"));
            return new OperatorCalls(
                    door, TlsConnection.open(door, new ClientTls(), admin, new TlsConnection.Buffers()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void revoke(BigInteger serial) {
        String body = "{\"reason\":\"superseded\"}";
        String request = "POST /api/v1/certificates/" + serial.toString(16) + "/revocation HTTP/1.1\r\nHost: "
                + door.getHostString() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        try {
            connection.write(request.getBytes(StandardCharsets.US_ASCII));
            HttpAnswer.read(connection, new byte[ANSWER_BYTES]).require200();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private static Identity identity(Path file) throws IOException {
        PrivateKey key = null;
        X509CertificateHolder certificate = null;
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(file))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder found && certificate == null) {
                    certificate = found;
                } else if (next instanceof PrivateKeyInfo found) {
                    key = new JcaPEMKeyConverter().getPrivateKey(found);
                }
            }
        }
        if (key == null || certificate == null) {
            throw new IOException(file + " has no key and certificate");
        }
        return new Identity(key, Native.certificate(certificate.getEncoded()));
    }
}
