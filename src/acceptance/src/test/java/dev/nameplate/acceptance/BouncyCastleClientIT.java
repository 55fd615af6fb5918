package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bouncy Castle's own EST client. */
@ExtendWith(Product.Shared.class)
final class BouncyCastleClientIT {
    private final Product product;

    BouncyCastleClientIT(Product product) {
        this.product = product;
    }

    @Test
    void getsTheCaCertificates() throws Exception {
        var answer = service("TLSv1.3", Optional.empty()).getCACerts();

        assertThat(answer.isTrusted()).isTrue();
        assertThat(answer.getCertificateStore().getMatches(null)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void enrolsWithACodeAndRenewsWithItsCertificate(String tls) throws Exception {
        Newcomer newcomer = product.newcomer("bouncycastle");
        KeyPair keys = keys();
        X509CertificateHolder first =
                only(service(tls, Optional.empty()).simpleEnroll(false, request(newcomer, keys), basic(newcomer)));
        assertThat(first.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());

        KeyPair newKeys = keys();
        Identity identity = Identity.of(keys.getPrivate(), first);
        X509CertificateHolder second =
                only(service(tls, Optional.of(identity)).simpleEnroll(true, request(newcomer, newKeys), null));

        assertThat(second.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(newKeys.getPublic().getEncoded());
        assertThat(second.getSubject()).isEqualTo(first.getSubject());
        requireChain(tls, first);
        requireChain(tls, second);
    }

    private void requireChain(String tls, X509CertificateHolder certificate) throws Exception {
        Collection<X509CertificateHolder> caCerts = service(tls, Optional.empty())
                .getCACerts()
                .getCertificateStore()
                .getMatches(null);
        product.requireChain(product.bench(), pem(caCerts), pem(Set.of(certificate)));
    }

    private Path pem(Collection<X509CertificateHolder> certificates) throws IOException {
        Path file = Files.createTempFile(product.home().scratch(), "bouncycastle", ".pem");
        try (Writer text = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (X509CertificateHolder certificate : certificates) {
                pem.writeObject(certificate);
            }
        }
        return file;
    }

    private ESTService service(String tls, Optional<Identity> identity) throws GeneralSecurityException, IOException {
        X509TrustManager[] anchors = Arrays.stream(Tls.anchors(product.trust()).getTrustManagers())
                .map(X509TrustManager.class::cast)
                .toArray(X509TrustManager[]::new);
        var builder =
                new JsseESTServiceBuilder("localhost", product.home().ports().device(), anchors);
        builder.withTLSVersion(tls).withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Set.of()));
        if (identity.isPresent()) {
            builder.withKeyManagers(Tls.keys(identity.get()).getKeyManagers());
        }
        return builder.build();
    }

    private static ESTAuth basic(Newcomer newcomer) throws OperatorCreationException {
        return new JcaHttpAuthBuilder(newcomer.device(), newcomer.code().toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();
    }

    private static PKCS10CertificationRequest request(Newcomer newcomer, KeyPair keys)
            throws OperatorCreationException {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + newcomer.device()), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(Security.getProvider("SunEC"))
                        .build(keys.getPrivate()));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder only(EnrollmentResponse response) {
        assertThat(response.isCompleted()).isTrue();
        Collection<X509CertificateHolder> certificates = response.getStore().getMatches(null);
        assertThat(certificates).hasSize(1);
        return certificates.iterator().next();
    }
}
