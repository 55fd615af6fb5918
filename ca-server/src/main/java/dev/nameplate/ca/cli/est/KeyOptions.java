package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.tls.ClientToken;
import dev.nameplate.ca.cli.tls.HeldKey;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where keys are: in PEM files, or in a PKCS#11 token that is opened when the first of its keys is asked for. */
public final class KeyOptions implements AutoCloseable {
    private final InstantSource clock;
    private Optional<ClientToken> token = Optional.empty();

    @Option(
            names = "--pkcs11-module",
            paramLabel = "LIB",
            description = "The PKCS#11 library of keys that are named pkcs11:token=...;object=... (RFC 7512).")
    private @Nullable Path module;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "A file with the PIN of that token.")
    private @Nullable Path pinFile;

    public KeyOptions(InstantSource clock) {
        this.clock = clock;
    }

    /** The key, which has to be there. */
    HeldKey key(String name) {
        return ClientToken.isNamedBy(name)
                ? token(name).key(name)
                : new HeldKey.InMemory(PemFiles.keyPair(Path.of(name)));
    }

    /** The key, made if it is not there: it is there before anything is asked for, so that a retry asks for the same. */
    HeldKey keyOrNew(String name, DeviceKeys.Kind kind) {
        return ClientToken.isNamedBy(name)
                ? token(name).keyOrNew(name, kind.inToken())
                : new HeldKey.InMemory(DeviceKeys.readOrMake(Path.of(name), kind));
    }

    /** Who a TLS client is. */
    ClientKey identity(Path certificates, String key) {
        return new ClientKey(PemFiles.certificates(certificates), key(key).forTls());
    }

    @Override
    public void close() {
        token.ifPresent(ClientToken::close);
        token = Optional.empty();
    }

    private ClientToken token(String name) {
        if (token.isEmpty()) {
            var access = new ClientToken.Access(Optional.ofNullable(module), Optional.ofNullable(pinFile));
            token = Optional.of(ClientToken.open(name, access, clock));
        }
        return token.orElseThrow();
    }
}
