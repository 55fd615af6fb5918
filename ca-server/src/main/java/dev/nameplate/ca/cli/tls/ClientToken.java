package dev.nameplate.ca.cli.tls;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A PKCS#11 token with a client's key, open until closed. Named by RFC 7512, as in
 * {@code pkcs11:token=device;object=tls?module-path=/usr/lib/libsofthsm2.so&pin-source=/etc/pin}.
 */
public final class ClientToken implements AutoCloseable {
    private static final String SCHEME = "pkcs11:";

    private final KeyVault vault;

    private ClientToken(KeyVault vault) {
        this.vault = vault;
    }

    /** Where the library and the PIN are, where the key's name does not say it. */
    public record Access(Optional<Path> module, Optional<Path> pinFile) {}

    public static boolean isNamedBy(String key) {
        return key.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if library or PIN are not named */
    public static ClientToken open(String name, Access access, InstantSource clock) {
        Map<String, String> query = query(name);
        Path module = access.module()
                .or(() -> Optional.ofNullable(query.get("module-path")).map(Path::of))
                .orElseThrow(() -> new IllegalArgumentException(
                        "which PKCS#11 library has the key? say so with --pkcs11-module, or module-path in its name"));
        Path pin = access.pinFile()
                .or(() -> Optional.ofNullable(query.get("pin-source")).map(ClientToken::file))
                .orElseThrow(() -> new IllegalArgumentException(
                        "where is the token's PIN? say so with --pin-file, or pin-source in the key's name"));
        String label = uri(name).token().label();
        return new ClientToken(Pkcs11Vault.open(Pkcs11Settings.of(module, label, () -> Secret.read(pin)), clock));
    }

    /** The key of this name; a new one, that never leaves the token, if there is none. */
    public TokenKey keyOrNew(String name, KeySpec spec) {
        KeyUri uri = uri(name);
        VaultKey key = vault.find(uri)
                .orElseGet(() -> vault.generate(
                        spec,
                        uri.object()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "there is no key " + uri + "; to make one, name it with object="))));
        return held(key);
    }

    /** @throws IllegalArgumentException if there is no such key */
    public TokenKey key(String name) {
        return vault.find(uri(name))
                .map(this::held)
                .orElseThrow(() -> new IllegalArgumentException("there is no key " + uri(name)));
    }

    @Override
    public void close() {
        vault.close();
    }

    private TokenKey held(VaultKey key) {
        SigningKey signing = vault.signingKey(key.uri());
        return new TokenKey(signing, key.spec());
    }

    private static KeyUri uri(String name) {
        int query = name.indexOf('?');
        return KeyUri.parse(query < 0 ? name : name.substring(0, query));
    }

    private static Map<String, String> query(String name) {
        Map<String, String> query = new HashMap<>();
        int begin = name.indexOf('?');
        if (begin >= 0) {
            for (String part : name.substring(begin + 1).split("&", -1)) {
                String[] both = part.split("=", 2);
                if (both.length == 2) {
                    query.put(both[0], URLDecoder.decode(both[1].replace("+", "%2B"), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    private static Path file(String source) {
        return Path.of(source.startsWith("file:") ? source.substring("file:".length()) : source);
    }
}
