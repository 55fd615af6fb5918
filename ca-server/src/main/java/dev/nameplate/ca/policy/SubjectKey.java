package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** A public key somebody wants certified: what it claims to be, and, once that is allowed, what it is. */
final class SubjectKey {
    private final SubjectPublicKeyInfo info;
    private final Sha256 hash;
    private final @Nullable RSAPublicKey rsa;
    private @Nullable AsymmetricKeyParameter parameters;

    SubjectKey(SubjectPublicKeyInfo info) {
        this.info = info;
        this.hash = Keys.hashOf(info);
        this.rsa = type().equals(PKCSObjectIdentifiers.rsaEncryption) ? rsa(info) : null;
    }

    SubjectPublicKeyInfo info() {
        return info;
    }

    Sha256 hash() {
        return hash;
    }

    /** The modulus, if it claims to be an RSA key; 0 if it cannot be read. */
    Optional<BigInteger> modulus() {
        return isRsa() ? Optional.of(rsa == null ? BigInteger.ZERO : rsa.getModulus()) : Optional.empty();
    }

    Optional<BigInteger> publicExponent() {
        return Optional.ofNullable(rsa).map(RSAPublicKey::getPublicExponent);
    }

    /** What it claims to be, if that is anything known here. Cheap. */
    Optional<KeyAlgorithm> algorithm() {
        return Keys.algorithmOf(info);
    }

    /** For messages: the algorithm, or the identifiers of an unknown one. */
    String description() {
        Optional<KeyAlgorithm> known = algorithm();
        if (known.isPresent()) {
            return known.get().toString();
        }
        if (isRsa()) {
            return "rsa-" + modulus().orElseThrow().bitLength();
        }
        if (type().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return algorithmParameters() instanceof ASN1ObjectIdentifier curve
                    ? "ec on the curve " + curve
                    : "ec with explicit parameters";
        }
        return type().getId();
    }

    /**
     * The parsed key; a point is on its curve and not at infinity. Does not search the modulus of an RSA key for factors as the
     * library would, which takes 8 ms for 3072 bits.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    AsymmetricKeyParameter parameters() {
        if (parameters == null) {
            try {
                parameters = rsa == null
                        ? PublicKeyFactory.createKey(info)
                        : new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent(), true);
            } catch (IOException | IllegalStateException e) {
                throw new IllegalArgumentException("public key cannot be parsed", e);
            }
        }
        return parameters;
    }

    private @Nullable ASN1Primitive algorithmParameters() {
        ASN1Encodable given = info.getAlgorithm().getParameters();
        return given == null ? null : given.toASN1Primitive();
    }

    private boolean isRsa() {
        return type().equals(PKCSObjectIdentifiers.rsaEncryption);
    }

    private ASN1ObjectIdentifier type() {
        return info.getAlgorithm().getAlgorithm();
    }

    private static @Nullable RSAPublicKey rsa(SubjectPublicKeyInfo info) {
        try {
            return RSAPublicKey.getInstance(info.parsePublicKey());
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
