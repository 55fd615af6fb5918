package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.TlsIdentity;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach an operator door.
 *
 * @param base scheme, host and port
 * @param identityPem private key and certificate chain of the operator
 * @param trustPem the CA certificates that the door's certificate may lead to
 */
record OperatorConnection(URI base, Path identityPem, Path trustPem) {
    /**
     * TLS as the operator, trusting the home's CA alone.
     *
     * @throws CommandFailedException naming the file that cannot be used
     */
    SSLContext tls() {
        for (Path file : List.of(identityPem, trustPem)) {
            if (!Files.exists(file)) {
                throw CommandFailedException.fault(
                        "there is no " + file + "; make a home with `nameplate init`, or name another with --home");
            }
        }
        try {
            return TlsIdentity.context(trustPem, Optional.of(ClientKey.read(identityPem, identityPem)));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }
}
