package dev.nameplate.ca.app;

import dev.nameplate.ca.enrollment.KeySource;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyVault;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Makes devices' keys in the vault. */
record VaultKeys(KeyVault vault) implements KeySource {
    @Override
    public MadeKey make(KeyAlgorithm algorithm) {
        return new FromVault(vault.makeForDevice(spec(algorithm)));
    }

    private static KeySpec spec(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EC_P256 -> KeySpec.EC_P256;
            case EC_P384 -> KeySpec.EC_P384;
            case RSA_3072 -> KeySpec.RSA_3072;
            case RSA_4096 -> KeySpec.RSA_4096;
            case EC_P521, RSA_2048, ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
                throw new IllegalArgumentException("the settings have no " + algorithm + " keys made");
        };
    }

    private record FromVault(DeviceKey key) implements MadeKey {
        @Override
        public SubjectPublicKeyInfo publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] pkcs8() {
            return key.pkcs8();
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
