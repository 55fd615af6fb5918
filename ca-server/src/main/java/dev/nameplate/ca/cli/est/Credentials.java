package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With what a device shows who it is: a one-time code or a certificate. */
public final class Credentials {
    @Option(names = "--user", paramLabel = "ID", description = "The device's id, for a one-time code.")
    private @Nullable String user;

    @Option(names = "--code", paramLabel = "CODE", description = "The one-time code.")
    private @Nullable String code;

    @Option(names = "--code-file", paramLabel = "FILE", description = "A file with the one-time code.")
    private @Nullable Path codeFile;

    @Option(names = "--cert", paramLabel = "FILE", description = "A certificate to authenticate with, as PEM.")
    private @Nullable Path certificate;

    @Option(names = "--cert-key", paramLabel = "KEY", description = "The key of --cert: a PEM file, or pkcs11:...")
    private @Nullable String certificateKey;

    /** The certificate to authenticate with, if there is one. */
    public Optional<ClientKey> identity(KeyOptions keys) {
        if ((certificate == null) != (certificateKey == null)) {
            throw CommandFailedException.wrongUsage("--cert and --cert-key go together");
        }
        return certificate == null || certificateKey == null
                ? Optional.empty()
                : Optional.of(keys.identity(certificate, certificateKey));
    }

    public Optional<BasicCredentials> basic() throws IOException {
        if (user == null) {
            return Optional.empty();
        }
        if (codeFile != null) {
            return Optional.of(
                    new BasicCredentials(user, Files.readString(codeFile).strip()));
        }
        if (code == null) {
            throw CommandFailedException.wrongUsage("--user needs --code or --code-file");
        }
        return Optional.of(new BasicCredentials(user, code));
    }

    /** The user's, or none. */
    X500Name name() {
        return user == null
                ? new X500NameBuilder().build()
                : new X500NameBuilder().addRDN(BCStyle.CN, user).build();
    }
}
