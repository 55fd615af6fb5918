package dev.nameplate.ca.cli.est;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // Bouncy Castle takes nothing else
final class CaChainTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final KeyPair oldRoot = keys();
    private final KeyPair newRoot = keys();
    private final KeyPair oldIssuer = keys();
    private final KeyPair newIssuer = keys();
    private final X509CertificateHolder oldWithOld = certificate("Root", oldRoot, "Root", oldRoot);
    private final X509CertificateHolder newWithNew = certificate("Root", newRoot, "Root", newRoot);
    private final X509CertificateHolder newWithOld = certificate("Root", newRoot, "Root", oldRoot);
    private final X509CertificateHolder oldWithNew = certificate("Root", oldRoot, "Root", newRoot);
    private final X509CertificateHolder issuerOne = certificate("Devices", oldIssuer, "Root", oldRoot);
    private final X509CertificateHolder issuerTwo = certificate("Devices", newIssuer, "Root", newRoot);
    private final List<X509CertificateHolder> all =
            new ArrayList<>(List.of(oldWithOld, newWithNew, newWithOld, oldWithNew, issuerOne, issuerTwo));

    CaChainTest() throws GeneralSecurityException {}

    @Test
    void goesUpToTheRootInWhateverOrderTheSetIs() throws GeneralSecurityException {
        X509CertificateHolder before = certificate("line-1", keys(), "Devices", oldIssuer);
        X509CertificateHolder now = certificate("line-1", keys(), "Devices", newIssuer);
        Random random = new Random(1);
        for (int order = 0; order < 50; order++) {
            Collections.shuffle(all, random);

            assertThat(CaChain.above(now, all)).containsExactly(issuerTwo, newWithNew);
            assertThat(CaChain.above(before, all)).containsExactly(issuerOne, oldWithOld);
        }
    }

    @Test
    void endsWhereTheIssuerIsMissing() throws GeneralSecurityException {
        X509CertificateHolder own = certificate("line-1", keys(), "Devices", newIssuer);

        assertThat(CaChain.above(own, List.of(issuerTwo, issuerOne, oldWithOld)))
                .containsExactly(issuerTwo);
        assertThat(CaChain.above(own, List.of())).isEmpty();
    }

    @Test
    void goesRoundNoCircle() throws GeneralSecurityException {
        X509CertificateHolder own = certificate("line-1", keys(), "Root", newRoot);

        assertThat(CaChain.above(own, List.of(newWithOld, oldWithNew))).containsExactly(newWithOld, oldWithNew);
    }

    private static X509CertificateHolder certificate(String subject, KeyPair own, String issuer, KeyPair by) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.valueOf(own.hashCode()),
                    Date.from(NOW),
                    Date.from(NOW.plusSeconds(3600)),
                    new X500Name("CN=" + subject),
                    own.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(own.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(by.getPublic()));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
