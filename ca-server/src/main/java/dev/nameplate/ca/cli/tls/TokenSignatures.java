package dev.nameplate.ca.cli.tls;

import dev.nameplate.hsm.SignatureScheme;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signatures by {@link TokenKey}, for the JDK's TLS. Of no use to any other key, so it stands in nobody's way. */
final class TokenSignatures extends Provider {
    private static final long serialVersionUID = 1L;

    TokenSignatures() {
        super("NameplateToken", "1", "Signatures with a key in a token");
        putService(new Signing(this, "SHA256withECDSA", SignatureScheme.ECDSA_SHA256));
        putService(new Signing(this, "SHA384withECDSA", SignatureScheme.ECDSA_SHA384));
        putService(new Signing(this, "Ed25519", SignatureScheme.ED25519));
    }

    private static final class Signing extends Service {
        private final SignatureScheme scheme;

        private Signing(Provider provider, String algorithm, SignatureScheme scheme) {
            super(provider, "Signature", algorithm, InToken.class.getName(), List.of(), Map.of());
            this.scheme = scheme;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new InToken(scheme);
        }

        @Override
        public boolean supportsParameter(Object parameter) {
            return parameter instanceof TokenKey.Reference;
        }
    }

    private static final class InToken extends SignatureSpi {
        private final SignatureScheme scheme;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private TokenKey.@Nullable Reference key;

        private InToken(SignatureScheme scheme) {
            this.scheme = scheme;
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (!(privateKey instanceof TokenKey.Reference reference)) {
                throw new InvalidKeyException("not a key in a token");
            }
            key = reference;
            message.reset();
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            throw new InvalidKeyException("keys in a token verify nothing here");
        }

        @Override
        protected void engineUpdate(byte octet) {
            message.write(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {
            message.write(octets, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            if (key == null) {
                throw new SignatureException("no key was given");
            }
            return key.sign(scheme, message.toByteArray());
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            throw new SignatureException("keys in a token verify nothing here");
        }

        @Override
        protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters) {
            if (parameters != null) {
                throw new InvalidParameterException("these signatures have no parameters");
            }
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new InvalidParameterException("these signatures have no parameters");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new InvalidParameterException("these signatures have no parameters");
        }
    }
}
