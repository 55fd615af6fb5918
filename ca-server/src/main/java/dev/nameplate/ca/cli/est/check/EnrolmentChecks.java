package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;

/** POST simpleenroll and simplereenroll with credentials (RFC 7030, 4.2): what has to be refused first, then what is issued. */
final class EnrolmentChecks {
    private final String prefix;
    private final Enrolments enrolments;

    private EnrolmentChecks(String prefix, EstOperation operation) {
        this.prefix = prefix;
        this.enrolments = new Enrolments(operation);
    }

    static List<Check> enrolment() {
        return new EnrolmentChecks("enroll", EstOperation.SIMPLEENROLL).all();
    }

    static List<Check> renewal() {
        return new EnrolmentChecks("reenroll", EstOperation.SIMPLEREENROLL).all();
    }

    private List<Check> all() {
        return Stream.of(asked(), form(), issued(), taken())
                .flatMap(List::stream)
                .toList();
    }

    /** Of the request. */
    private List<Check> asked() {
        return List.of(
                Check.must(
                        prefix + "-possession",
                        "RFC 7030, 3.4 and 4.2.1",
                        "verify the signature of every request with the key in it",
                        this::badSignature),
                Check.must(
                        prefix + "-linking",
                        "RFC 7030, 3.5",
                        "verify a challengePassword as the binding to the TLS session that it is, demanded or not",
                        this::foreignLink),
                Check.must(
                        prefix + "-status",
                        "RFC 7030, 4.2.3",
                        "answer 200 with the certificate, or 202 with Retry-After in seconds",
                        this::status));
    }

    /** Of the answer's form. */
    private List<Check> form() {
        return List.of(
                Check.must(
                        prefix + "-media-type",
                        "RFC 7030, 4.2.3",
                        "send Content-Type: application/pkcs7-mime; smime-type=certs-only",
                        site -> enrolments.ifIssued(site, EnrolmentChecks::mediaType)),
                Check.interop(
                        prefix + "-transfer-encoding",
                        "clients in use, against RFC 8951, 3",
                        "send Content-Transfer-Encoding: base64 all the same; Bouncy Castle decodes only where it stands",
                        site -> enrolments.ifIssued(site, BodyChecks::transferEncoding)),
                Check.must(
                        prefix + "-base64",
                        "RFC 7030, 4.2.3; RFC 4648, 4",
                        "send base64 of DER",
                        site -> enrolments.ifIssued(site, heard -> BodyChecks.base64(heard.body()))),
                Check.must(
                        prefix + "-degenerate",
                        "RFC 5652, 5.2; RFC 5272, 4.1",
                        "send a SignedData of version 1 with certificates alone: no content, no digests, no signers",
                        site -> enrolments.ifIssued(site, heard -> BodyChecks.degenerate(heard.body()))));
    }

    /** Of what was issued. */
    private List<Check> issued() {
        return List.of(
                Check.must(
                        prefix + "-certificate-alone",
                        "RFC 7030, 4.2.3",
                        "send the issued certificate alone; the chain is in cacerts",
                        site -> enrolments.ifIssued(site, EnrolmentChecks::alone)),
                Check.must(
                        prefix + "-key",
                        "RFC 7030, 4.2.3",
                        "certify the key that is in the request",
                        site -> enrolments.ifIssued(site, heard -> key(site, heard))),
                Check.must(
                        prefix + "-chain",
                        "RFC 7030, 4.1.3",
                        "put the issuer of what is issued into cacerts",
                        site -> enrolments.ifIssued(site, heard -> chain(site, heard))));
    }

    /** Of other forms of the same request. */
    private List<Check> taken() {
        return List.of(
                Check.must(
                        prefix + "-request-base64",
                        "RFC 8951, 3; RFC 4648, 4",
                        "read base64 on one line and in lines, whatever Content-Transfer-Encoding says",
                        site -> enrolments.ifIssued(site, _ -> layouts(site))),
                Check.must(
                        prefix + "-request-chunks",
                        "RFC 9112, 7.1; RFC 9110, 10.1.1",
                        "read request bodies in chunks, and answer Expect: 100-continue",
                        site -> enrolments.ifIssued(site, _ -> framings(site))));
    }

    private Outcome badSignature(EstSite site) throws IOException {
        return refused(
                site,
                "a request with a wrong signature",
                (ask, trial) -> new Ask(ask.method(), ask.path(), ask.headers(), trial.bodyBadlySigned(), false));
    }

    private Outcome foreignLink(EstSite site) throws IOException {
        return refused(
                site,
                "a challengePassword that is no binding to the session",
                (ask, trial) -> new Ask(
                        ask.method(),
                        ask.path(),
                        ask.headers(),
                        trial.challenged("bm90IGEgYmluZGluZw==").body(),
                        false));
    }

    private interface Spoiling {
        Ask spoilt(Ask good, Trial trial);
    }

    private Outcome refused(EstSite site, String what, Spoiling spoiling) throws IOException {
        Optional<String> anonymity = enrolments.anonymity(site);
        if (anonymity.isPresent()) {
            return new Outcome.Unseen(anonymity.get());
        }
        Heard heard = site.askAsVisitor(session -> {
            Trial trial = site.trial(session);
            return spoiling.spoilt(enrolments.ask(site, trial), trial);
        });
        return Outcome.of(heard.refuses(), what + " is answered " + heard.shown());
    }

    private Outcome status(EstSite site) throws IOException {
        Optional<String> anonymity = enrolments.anonymity(site);
        if (anonymity.isPresent()) {
            return new Outcome.Unseen(anonymity.get());
        }
        Heard heard = enrolments.heard(site);
        String says = enrolments.operation().segment() + " is answered " + heard.shown();
        if (heard.status() == 202 || heard.status() == 503 || heard.status() == 429) {
            String wait = heard.header("Retry-After").orElse("missing");
            return Outcome.of(
                    wait.matches("[0-9]{1,10}") || (heard.status() != 202 && wait.equals("missing")),
                    says + ", Retry-After is " + wait);
        }
        return heard.refuses() ? new Outcome.Unseen(says) : Outcome.of(heard.status() == 200, says);
    }

    private static Outcome mediaType(Heard heard) {
        String type = heard.header("Content-Type").orElse("missing");
        return Outcome.of(
                BodyChecks.pkcs7(heard) instanceof Outcome.Right && BodyChecks.isCertsOnly(heard),
                "Content-Type is " + type);
    }

    private static Outcome alone(Heard heard) throws IOException {
        int count = Enrolments.certificates(heard).size();
        return Outcome.of(count == 1, count == 1 ? "one certificate came" : count + " certificates came");
    }

    private static Outcome key(EstSite site, Heard heard) throws IOException {
        byte[] asked = site.key().getPublic().getEncoded();
        for (X509CertificateHolder certificate : Enrolments.certificates(heard)) {
            if (Arrays.equals(asked, certificate.getSubjectPublicKeyInfo().getEncoded("DER"))) {
                return new Outcome.Right("the certificate is for the key of the request");
            }
        }
        return new Outcome.Wrong("the certificate is for another key than that of the request");
    }

    private static Outcome chain(EstSite site, Heard heard) throws IOException {
        X509CertificateHolder issued = Enrolments.certificates(heard).getFirst();
        boolean leads = CaCertificateChecks.certificates(site).stream()
                .anyMatch(issuer -> CaCertificateChecks.signed(issued, issuer));
        return Outcome.of(
                leads,
                leads
                        ? "the certificate leads to what is in cacerts"
                        : "the certificate's issuer is not in cacerts: " + issued.getIssuer());
    }

    private Outcome layouts(EstSite site) throws IOException {
        Outcome flat = again(
                site,
                "base64 on one line",
                ask -> new Ask(
                        ask.method(),
                        ask.path(),
                        ask.headers(),
                        EstBase64.encode(EstBase64.decode(ask.body()).content(), Wrapping.ONE_LINE),
                        false));
        if (flat instanceof Outcome.Wrong) {
            return flat;
        }
        Outcome binary = again(
                site,
                "a body whose Content-Transfer-Encoding says binary",
                ask -> ask.with("Content-Transfer-Encoding", "binary"));
        return binary instanceof Outcome.Wrong ? binary : new Outcome.Right("bodies are read in either layout");
    }

    private Outcome framings(EstSite site) throws IOException {
        Outcome chunks = again(site, "a body in chunks", Ask::inChunks);
        if (chunks instanceof Outcome.Wrong) {
            return chunks;
        }
        Outcome expected = again(site, "a body that waits for 100 Continue", ask -> ask.with("Expect", "100-continue"));
        return expected instanceof Outcome.Wrong
                ? expected
                : new Outcome.Right("bodies are read in chunks and after 100 Continue");
    }

    /** The same request in another form: it may be answered with the same certificate, or with another. */
    private Outcome again(EstSite site, String what, UnaryOperator<Ask> change) throws IOException {
        Heard heard = site.askAsVisitor(session -> change.apply(enrolments.ask(site, site.trial(session))));
        return Outcome.of(heard.is(200, 202, 429, 503), what + " is answered " + heard.shown());
    }
}
