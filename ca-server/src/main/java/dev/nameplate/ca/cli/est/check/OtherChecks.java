package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.MalformedMessageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/** Who may renew what, and the operations that a server need not have. */
final class OtherChecks {
    private static final X500Name SOMEBODY_ELSE = new X500Name("CN=nameplate-doctor-is-somebody-else");

    private OtherChecks() {}

    static List<Check> all() {
        return List.of(
                Check.must(
                        "reenroll-needs-certificate",
                        "RFC 7030, 3.3.2 and 4.2.2",
                        "renew nothing for a client that shows no certificate",
                        OtherChecks::withoutCertificate),
                Check.must(
                        "reenroll-same-name",
                        "RFC 7030, 4.2.2",
                        "renew nothing whose subject or subjectAltName is not that of the certificate",
                        OtherChecks::otherName),
                Check.must(
                        "serverkeygen",
                        "RFC 7030, 4.4.2; RFC 8951, 3.2.4",
                        "answer with multipart/mixed of the private key (PKCS#8 in base64) and its certificate, or with"
                                + " 404 or 501 where it is not offered",
                        OtherChecks::serverKeygen),
                Check.must(
                        "fullcmc",
                        "RFC 7030, 4.3.1",
                        "refuse whatever is no Full PKI Request, or answer 404 or 501 where fullcmc is not offered",
                        OtherChecks::fullCmc));
    }

    private static Outcome withoutCertificate(EstSite site) throws IOException {
        Trial trial = Trial.of(site).named("nameplate-doctor");
        X509CertificateHolder own =
                site.visitor().certificate().map(key -> key.chain().getFirst()).orElse(null);
        Heard heard = site.ask(Ask.post(
                site.path(EstOperation.SIMPLEREENROLL),
                EstMediaTypes.PKCS10,
                (own == null ? trial : trial.renewing(own)).body()));
        return Outcome.of(
                !heard.is(200, 202), "simplereenroll without a client certificate is answered " + heard.shown());
    }

    private static Outcome otherName(EstSite site) throws IOException {
        Optional<String> anonymity = new Enrolments(EstOperation.SIMPLEREENROLL).anonymity(site);
        if (anonymity.isPresent()) {
            return new Outcome.Unseen(anonymity.get());
        }
        Heard heard = site.askAsVisitor(_ -> Ask.post(
                site.path(EstOperation.SIMPLEREENROLL),
                EstMediaTypes.PKCS10,
                Trial.of(site).subject(SOMEBODY_ELSE).body()));
        return Outcome.of(heard.refuses(), "renewal under another name is answered " + heard.shown());
    }

    private static Outcome serverKeygen(EstSite site) throws IOException {
        if (site.anonymity().isPresent()) {
            return new Outcome.Unseen(site.anonymity().get());
        }
        var enrolments = new Enrolments(EstOperation.SERVERKEYGEN);
        Heard heard = enrolments.heard(site);
        if (heard.is(404, 405, 501)) {
            return new Outcome.Right("serverkeygen is not offered: " + heard.status());
        }
        if (heard.status() != 200) {
            String says = "serverkeygen is answered " + heard.shown();
            return heard.status() >= 500 ? new Outcome.Wrong(says) : new Outcome.Unseen(says);
        }
        try {
            DeliveredKey key = DeliveredKey.parse(heard.header("Content-Type").orElse(null), heard.body());
            PrivateKeyInfo.getInstance(key.key()).parsePrivateKey();
            return new Outcome.Right("a key and its certificate came");
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return new Outcome.Wrong("what serverkeygen sends is not a key and a certificate: " + e.getMessage());
        }
    }

    private static Outcome fullCmc(EstSite site) throws IOException {
        Ask ask = Ask.post(
                site.path(EstOperation.FULLCMC),
                EstMediaTypes.CMC_REQUEST,
                Trial.of(site).named("nameplate-doctor").body());
        Heard heard = site.anonymity().isPresent() ? site.ask(ask) : site.askAsVisitor(_ -> ask);
        return Outcome.of(heard.refuses() || heard.status() == 501, "a bare PKCS#10 is answered " + heard.shown());
    }
}
