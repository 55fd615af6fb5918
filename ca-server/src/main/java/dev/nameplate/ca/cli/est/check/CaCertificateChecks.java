package dev.nameplate.ca.cli.est.check;

import dev.nameplate.ca.pki.Names;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.MalformedMessageException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** GET cacerts (RFC 7030, 4.1). */
final class CaCertificateChecks {
    private CaCertificateChecks() {}

    static List<Check> all() {
        return List.of(
                Check.must(
                        "cacerts",
                        "RFC 7030, 4.1.2 and 4.1.3",
                        "answer GET cacerts with 200 to anybody, without authentication",
                        CaCertificateChecks::status),
                Check.must(
                        "cacerts-media-type",
                        "RFC 7030, 4.1.3",
                        "send Content-Type: application/pkcs7-mime",
                        CaCertificateChecks::mediaType),
                Check.interop(
                        "cacerts-transfer-encoding",
                        "clients in use, against RFC 8951, 3",
                        "send Content-Transfer-Encoding: base64 all the same; Bouncy Castle decodes only where it stands",
                        CaCertificateChecks::transferEncoding),
                Check.must(
                        "cacerts-base64",
                        "RFC 7030, 4.1.3; RFC 4648, 4",
                        "send base64 of DER: no PEM lines, no bare DER, nothing but the alphabet and line ends",
                        CaCertificateChecks::base64),
                Check.must(
                        "cacerts-degenerate",
                        "RFC 5652, 5.2; RFC 5272, 4.1",
                        "send a SignedData of version 1 with certificates alone: no content, no digests, no signers",
                        CaCertificateChecks::degenerate),
                Check.must(
                        "cacerts-root",
                        "RFC 7030, 4.1.3",
                        "put the current root into cacerts, not the issuing CA alone",
                        CaCertificateChecks::root),
                Check.must(
                        "cacerts-chain",
                        "RFC 7030, 4.1.3",
                        "put every certificate between what is issued and the root into cacerts",
                        CaCertificateChecks::chain),
                Check.should(
                        "cacerts-cas-alone",
                        "RFC 7030, 4.1.3",
                        "put nothing but CA certificates into cacerts, each once",
                        CaCertificateChecks::casAlone),
                Check.interop(
                        "cacerts-der-order",
                        "X.690, 11.6; strict readers",
                        "order the SET of certificates as DER has it, and leave crls out if there are none",
                        CaCertificateChecks::derOrder),
                Check.interop(
                        "cacerts-trusts-server",
                        "RFC 7030, 4.1.3",
                        "let the server's own certificate lead to a certificate in cacerts, or tell clients to keep their"
                                + " first trust anchor",
                        CaCertificateChecks::trustsServer));
    }

    static List<X509CertificateHolder> certificates(EstSite site) throws IOException {
        try {
            Heard heard = site.caCerts();
            return EstAnswers.certificates("application/pkcs7-mime", heard.body());
        } catch (MalformedMessageException e) {
            throw new IOException("cacerts cannot be read: " + e.getMessage(), e);
        }
    }

    private static Outcome status(EstSite site) throws IOException {
        return Outcome.of(
                site.caCerts().status() == 200,
                "cacerts is answered " + site.caCerts().shown());
    }

    private static Outcome mediaType(EstSite site) throws IOException {
        return BodyChecks.pkcs7(site.caCerts());
    }

    private static Outcome transferEncoding(EstSite site) throws IOException {
        return BodyChecks.transferEncoding(site.caCerts());
    }

    private static Outcome base64(EstSite site) throws IOException {
        return BodyChecks.base64(site.caCerts().body());
    }

    private static Outcome degenerate(EstSite site) throws IOException {
        return BodyChecks.degenerate(site.caCerts().body());
    }

    private static Outcome derOrder(EstSite site) throws IOException {
        return BodyChecks.inDer(site.caCerts().body());
    }

    private static Outcome root(EstSite site) throws IOException {
        for (X509CertificateHolder certificate : certificates(site)) {
            if (signed(certificate, certificate)) {
                return new Outcome.Right("the root is in it: " + certificate.getSubject());
            }
        }
        return new Outcome.Wrong("there is no self-signed certificate in it");
    }

    private static Outcome chain(EstSite site) throws IOException {
        List<X509CertificateHolder> all = certificates(site);
        for (X509CertificateHolder certificate : all) {
            if (all.stream().noneMatch(issuer -> signed(certificate, issuer))) {
                return new Outcome.Wrong(
                        "the issuer of " + certificate.getSubject() + " is not in it: " + certificate.getIssuer());
            }
        }
        return new Outcome.Right(all.size() + " certificates, each with its issuer");
    }

    private static Outcome casAlone(EstSite site) throws IOException {
        List<X509CertificateHolder> all = certificates(site);
        if (new HashSet<>(all).size() < all.size()) {
            return new Outcome.Wrong("a certificate is in it twice");
        }
        return all.stream()
                .filter(certificate -> !isCa(certificate))
                .findFirst()
                .<Outcome>map(other -> new Outcome.Wrong(other.getSubject() + " is no CA"))
                .orElseGet(() -> new Outcome.Right("only CA certificates are in it, each once"));
    }

    private static Outcome trustsServer(EstSite site) throws IOException {
        X509CertificateHolder own = server(site);
        boolean leads = certificates(site).stream().anyMatch(issuer -> signed(own, issuer));
        return Outcome.of(
                leads,
                leads
                        ? "the server's own certificate leads to it"
                        : "the server's own certificate was issued by " + own.getIssuer() + ", which is not in it");
    }

    private static X509CertificateHolder server(EstSite site) throws IOException {
        try {
            return new JcaX509CertificateHolder((X509Certificate) site.session().getPeerCertificates()[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server's certificate cannot be read", e);
        }
    }

    private static boolean isCa(X509CertificateHolder certificate) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        return constraints != null && constraints.isCA();
    }

    /** Whether one bears the other's name and signature. */
    static boolean signed(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        try {
            return Names.same(certificate.getIssuer(), issuer.getSubject())
                    && certificate.isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(issuer));
        } catch (CertException | OperatorCreationException | CertificateException e) {
            return false;
        }
    }
}
