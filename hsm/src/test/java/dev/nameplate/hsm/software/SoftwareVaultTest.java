package dev.nameplate.hsm.software;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.KeyVaultContract;
import dev.nameplate.hsm.SignatureCheck;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.VaultKey;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SoftwareVaultTest extends KeyVaultContract {
    private final SoftwareVault vault = new SoftwareVault("trial");

    @Override
    protected KeyVault vault() {
        return vault;
    }

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, mode = EnumSource.Mode.MATCH_ANY, names = "ML_DSA_.*")
    void signsMessagesAndTheirMuWithMlDsaAsAnotherImplementationUnderstandsIt(KeySpec spec) throws Exception {
        VaultKey key = vault.generate(spec, "quantum");
        SignatureScheme scheme = SignatureScheme.defaultFor(spec);
        byte[] message = "to be signed".getBytes(UTF_8);
        MessageDigest mu = scheme.newDigest(key.publicKey());
        mu.update(message, 0, 5);
        mu.update(message, 5, message.length - 5);

        byte[] whole = vault.signingKey(key.uri()).sign(scheme, message);
        byte[] inPieces = vault.signingKey(key.uri()).signDigest(scheme, mu.digest());

        PublicKey jdk = KeyFactory.getInstance("ML-DSA", "SUN")
                .generatePublic(new X509EncodedKeySpec(key.publicKey().getEncoded()));
        for (byte[] signature : List.of(whole, inPieces)) {
            assertThat(SignatureCheck.verifies(scheme, key.publicKey(), message, signature))
                    .isTrue();
            Signature verifier = Signature.getInstance("ML-DSA", "SUN");
            verifier.initVerify(jdk);
            verifier.update(message);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @Test
    void doesNotClaimToProtectItsKeys() {
        VaultKey key = vault.generate(KeySpec.EC_P256, "unprotected");

        assertThat(key.sensitive()).isFalse();
        assertThat(key.neverExtractable()).isFalse();
        assertThat(key.uri()).asString().startsWith("software:token=trial;object=unprotected;id=%");
    }
}
