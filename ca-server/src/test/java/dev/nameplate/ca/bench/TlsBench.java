package dev.nameplate.ca.bench;

import dev.nameplate.ca.edge.http.ClientChain;
import dev.nameplate.ca.edge.http.ConnectionLimits;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.DoorSettings;
import dev.nameplate.ca.edge.http.DoorTls;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.edge.http.TlsChoice;
import dev.nameplate.ca.edge.http.TlsLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A door to be measured from outside: {@code TlsBench conscrypt|jdk|jdk-bc DIRECTORY}. Writes {@code port}, and keys and
 * certificates for clients and for a reference server, into the directory; serves {@code GET /} until its input ends.
 */
public final class TlsBench {
    private TlsBench() {}

    public static void main(String[] arguments) throws IOException {
        TlsLibrary library = library(arguments[0]); // first of all: the JDK reads its preferences once
        Path directory = Path.of(arguments[1]);
        TestPki pki = new TestPki("bench root");
        write(directory, "root.pem", pki.root().parsed());
        TestPki.Identity client = pki.issue("bench-client");
        write(
                directory,
                "client.pem",
                client.certificate().parsed(),
                client.key().getPrivate());
        TestPki.Identity reference = pki.issue("localhost");
        write(
                directory,
                "reference.pem",
                reference.certificate().parsed(),
                pki.root().parsed());
        write(directory, "reference.key", reference.key().getPrivate());
        var tls = new DoorTls(library, pki.door(), List.of(pki.root()));
        try (Door door = Door.https(
                        "bench",
                        settings(),
                        tls,
                        TestDoors.VOICE,
                        routes -> routes.get(
                                "/", ctx -> ctx.result(ClientChain.of(ctx).size() + " certificates")))
                .open()) {
            Files.writeString(directory.resolve("port"), door.port() + "\n");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static TlsLibrary library(String name) {
        if (name.equals("jdk-bc")) {
            // After everything else, and preferred for elliptic curves alone.
            Security.addProvider(new BouncyCastleProvider());
            Security.setProperty(
                    "jdk.security.provider.preferred",
                    "SHA256withECDSA:BC, SHA384withECDSA:BC, NONEwithECDSA:BC, KeyAgreement.ECDH:BC");
            return TlsLibrary.of(TlsChoice.JDK);
        }
        return TlsLibrary.of(TlsChoice.parse(name));
    }

    private static DoorSettings settings() {
        return new DoorSettings(
                "127.0.0.1",
                0,
                TestDoors.settings(Duration.ofSeconds(30)).requests(),
                new ConnectionLimits(10_000, 1000, 1000, 8, Duration.ofSeconds(30)));
    }

    private static void write(Path directory, String file, Object... objects) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                pem.writeObject(
                        object instanceof PrivateKey key ? new PemObject("PRIVATE KEY", key.getEncoded()) : object);
            }
            pem.flush();
            Files.writeString(directory.resolve(file), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
