package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.MalformedMessageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** What the visitor is given for one operation, asked once and looked at by several checks. */
final class Enrolments {
    private final EstOperation operation;
    private Optional<Heard> heard = Optional.empty();

    Enrolments(EstOperation operation) {
        this.operation = operation;
    }

    EstOperation operation() {
        return operation;
    }

    /** Looks at what was issued. */
    @FunctionalInterface
    interface Look {
        Outcome at(Heard issued) throws IOException;
    }

    Ask ask(EstSite site, Trial trial) {
        return Ask.post(site.path(operation), EstMediaTypes.PKCS10, trial.body());
    }

    /** The answer to the visitor's own request. */
    Heard heard(EstSite site) throws IOException {
        if (heard.isEmpty()) {
            heard = Optional.of(site.askAsVisitor(session -> ask(site, site.trial(session))));
        }
        return heard.orElseThrow();
    }

    /** Nothing can be seen without credentials, and of what was issued nothing where nothing was. */
    Outcome ifIssued(EstSite site, Look look) throws IOException {
        Optional<String> anonymity = anonymity(site);
        if (anonymity.isPresent()) {
            return new Outcome.Unseen(anonymity.get());
        }
        Heard answer = heard(site);
        return answer.status() == 200
                ? look.at(answer)
                : new Outcome.Unseen("nothing was issued: " + operation.segment() + " is answered " + answer.shown());
    }

    Optional<String> anonymity(EstSite site) {
        return operation == EstOperation.SIMPLEREENROLL
                        && site.visitor().certificate().isEmpty()
                ? Optional.of("no certificate to renew was given")
                : site.anonymity();
    }

    static List<X509CertificateHolder> certificates(Heard heard) throws IOException {
        try {
            return EstAnswers.certificates(EstMediaTypes.CERTS_ONLY, heard.body());
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
