package dev.nameplate.ca.cli.est.check;

import dev.nameplate.ca.cli.est.DeviceKeys;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.KeyWish;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.Wrapping;
import java.security.KeyPair;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certification request to try a server with, under a key of the examination alone. */
final class Trial {
    private static final int SEQUENCE_OCTETS = 24;

    private final KeyPair key;
    private X500Name subject = new X500NameBuilder().build();
    private Optional<X509CertificateHolder> renewed = Optional.empty();
    private Optional<String> challenge = Optional.empty();

    private Trial(KeyPair key) {
        this.key = key;
    }

    /** P-256 unless something else is wished for that can be made here. */
    static KeyPair newKey(Optional<KeyWish> wish) {
        return wish.flatMap(Trial::kind).orElse(DeviceKeys.Kind.EC_P256).make();
    }

    private static Optional<DeviceKeys.Kind> kind(KeyWish wish) {
        if (wish.type().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return Optional.of(DeviceKeys.Kind.RSA_3072);
        }
        if (wish.type().equals(EdECObjectIdentifiers.id_Ed25519)) {
            return Optional.of(DeviceKeys.Kind.ED25519);
        }
        return wish.curve().filter(SECObjectIdentifiers.secp384r1::equals).map(_ -> DeviceKeys.Kind.EC_P384);
    }

    static Trial of(EstSite site) {
        return new Trial(site.key());
    }

    Trial named(String commonName) {
        subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        return this;
    }

    Trial subject(X500Name name) {
        subject = name;
        return this;
    }

    Trial renewing(X509CertificateHolder certificate) {
        renewed = Optional.of(certificate);
        return this;
    }

    Trial challenged(String password) {
        challenge = Optional.of(password);
        return this;
    }

    Pkcs10 csr() {
        CsrBuilder builder = CsrBuilder.forKey(key).subject(subject);
        renewed.ifPresent(builder::renewalOf);
        challenge.ifPresent(builder::challengePassword);
        return builder.build();
    }

    /** In lines, as RFC 7030 has it. */
    byte[] body() {
        return EstBase64.encode(csr().der(), Wrapping.LINES_64);
    }

    /** With one bit of the signature turned. */
    byte[] bodyBadlySigned() {
        byte[] der = csr().der();
        der[der.length - SEQUENCE_OCTETS] ^= 1;
        return EstBase64.encode(der, Wrapping.LINES_64);
    }
}
