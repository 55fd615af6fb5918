package dev.nameplate.ca.cli.tls;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.PrivateKey;
import java.security.Security;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** A key in a token: it never leaves it. */
public final class TokenKey implements HeldKey {
    private final SigningKey key;
    private final KeySpec spec;

    TokenKey(SigningKey key, KeySpec spec) {
        this.key = key;
        this.spec = spec;
    }

    /** TLS finds the token by this key's class; the provider is asked for nothing else. */
    @Override
    public PrivateKey forTls() {
        if (spec == KeySpec.RSA_3072 || spec == KeySpec.RSA_4096) {
            throw new IllegalArgumentException(
                    "an RSA key in a token cannot authenticate in TLS here, which signs with PSS; use an EC key");
        }
        Security.addProvider(new TokenSignatures());
        return new Reference(key, spec);
    }

    @Override
    public SubjectPublicKeyInfo publicKey() {
        return key.publicKey();
    }

    @Override
    public ContentSigner signer() {
        return new Signer(key, SignatureScheme.defaultFor(spec));
    }

    /** What stands for the key outside. It has no encoding. */
    static final class Reference implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final transient SigningKey key;
        private final KeySpec spec;

        private Reference(SigningKey key, KeySpec spec) {
            this.key = key;
            this.spec = spec;
        }

        byte[] sign(SignatureScheme scheme, byte[] message) {
            return key.sign(scheme, message);
        }

        @Override
        public String getAlgorithm() {
            return spec == KeySpec.ED25519 ? "EdDSA" : "EC";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private record Signer(SigningKey key, SignatureScheme scheme, ByteArrayOutputStream message)
            implements ContentSigner {
        Signer(SigningKey key, SignatureScheme scheme) {
            this(key, scheme, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return scheme.identifier();
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(scheme, message.toByteArray());
        }
    }
}
