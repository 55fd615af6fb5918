package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.est.TlsIdentity.ClientKey;
import dev.nameplate.ca.config.Home;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code nameplate station enrol}: the first time with the code that {@code station add} showed, ever after with the certificate
 * it has. The files are those of an operator, so that {@code --operator NAME} is the station from then on.
 */
@Command(
        name = "enrol",
        description = "Enrols this machine as a station over EST: with --code the first time, and without it to renew."
                + " Writes HOME/operators/NAME.pem.")
public final class StationEnrolment extends EstCommand {
    private static final String LABEL = "station";

    private final Nameplate root;

    @Parameters(paramLabel = "NAME", description = "The station.")
    private String name = "";

    @Option(names = "--code", paramLabel = "CODE", description = "The one-time code.")
    private @Nullable String code;

    public StationEnrolment(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
        this.root = root;
    }

    @Override
    ExitCode run() throws IOException {
        Path identity = root.home().resolve("operators").resolve(name + ".pem");
        Path keyFile = identity.resolveSibling(name + ".key");
        Files.createDirectories(identity.toAbsolutePath().getParent());
        if (code != null) {
            KeyPair key = DeviceKeys.readOrMake(keyFile, DeviceKeys.Kind.EC_P256);
            var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
            Pkcs10 csr = CsrBuilder.forKey(key).subject(subject).build();
            try (EstClient client = client(LABEL, Optional.empty())) {
                return keep(
                        identity,
                        key,
                        given(client.enroll(csr, Optional.of(new BasicCredentials(name, code)))),
                        given(client.caCerts()));
            }
        }
        if (!Files.exists(identity)) {
            throw CommandFailedException.refused(identity
                    + " is not there yet: enrol with the --code that `nameplate station add " + name + "` showed");
        }
        return renew(identity, keyFile);
    }

    private ExitCode renew(Path identity, Path keyFile) throws IOException {
        ClientKey mine = ClientKey.read(identity, identity);
        Path nextKey = keyFile.resolveSibling(name + ".next.key");
        KeyPair key = DeviceKeys.readOrMake(nextKey, DeviceKeys.Kind.EC_P256);
        Pkcs10 csr = CsrBuilder.forKey(key).renewalOf(mine.chain().getFirst()).build();
        try (EstClient client = client(LABEL, Optional.of(mine))) {
            ExitCode done = keep(identity, key, given(client.reenroll(csr)), given(client.caCerts()));
            Files.deleteIfExists(nextKey);
            return done;
        }
    }

    /** Key, certificate and what is above it in one file, which is the old one or the new one. */
    private ExitCode keep(
            Path identity, KeyPair key, List<X509CertificateHolder> own, List<X509CertificateHolder> above)
            throws IOException {
        String pem = PemFiles.pkcs8(key.getPrivate())
                + PemFiles.pem(own.getFirst())
                + PemFiles.pem(
                        above.stream().filter(ca -> !ca.equals(own.getFirst())).toArray());
        Home.writeClosed(identity.toAbsolutePath(), pem.getBytes(StandardCharsets.US_ASCII));
        return deliver(own, Optional.empty());
    }
}
