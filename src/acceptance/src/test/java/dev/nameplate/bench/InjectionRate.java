package dev.nameplate.bench;

import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * How often a SoftHSM makes a P-256 key, wraps it, destroys it and signs once, as for a unit with an injected key: when asked by
 * nothing but its own calls, by one thread or as many as there are cores, whichever is quicker; and when the product's vault asks it
 * for as many callers as there are cores.
 */
record InjectionRate(double tokenPerSecond, double portPerSecond) {
    private static final Duration WARMING = Duration.ofSeconds(2);

    static List<InjectionRate> measure(Commands commands, Scratch scratch, int windows, Duration window) {
        return TokenProgram.run(InjectionRate.class, commands, scratch, windows, window).stream()
                .map(said -> new InjectionRate(said[0], said[1]))
                .toList();
    }

    /** @param arguments windows, milliseconds of each */
    public static void main(String[] arguments) throws Exception {
        TokenProgram.main(arguments, InjectionRate::prepared);
    }

    private static TokenProgram.Measuring prepared(Pkcs11Vault vault, Path library) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        SigningKey issuer =
                vault.signingKey(vault.generate(KeySpec.EC_P256, "issuer").uri());
        InjectionVault injection = vault.injection();
        KeyEncryptionKey kek = injection.makeKek("kek", recipient()).kek();
        BareToken token = new BareToken(library, issuer.uri());
        Runnable byPort = () -> {
            injection.make(KeySpec.EC_P256, kek);
            issuer.signDigest(SignatureScheme.ECDSA_SHA256, new byte[32]);
        };
        TokenProgram.work(token, cores, WARMING);
        TokenProgram.work(byPort, cores, WARMING);
        return window -> {
            double alone = Math.max(
                    TokenProgram.work(token, 1, window).perSecond(),
                    TokenProgram.work(token, cores, window).perSecond());
            return new double[] {alone, TokenProgram.work(byPort, cores, window).perSecond()};
        };
    }

    private static SubjectPublicKeyInfo recipient() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return SubjectPublicKeyInfo.getInstance(
                generator.generateKeyPair().getPublic().getEncoded());
    }
}
