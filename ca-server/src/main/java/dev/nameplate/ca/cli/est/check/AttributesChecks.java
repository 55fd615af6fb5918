package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.MalformedMessageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** GET csrattrs (RFC 7030, 4.5; RFC 8951, 4; RFC 9908). */
final class AttributesChecks {
    private AttributesChecks() {}

    static List<Check> all() {
        return List.of(
                Check.must(
                        "csrattrs",
                        "RFC 8951, 4",
                        "answer GET csrattrs with 200 and attributes, with 204 and no body, or with 404",
                        AttributesChecks::status),
                Check.should(
                        "csrattrs-for-anybody",
                        "RFC 7030, 4.5",
                        "answer csrattrs without authentication",
                        AttributesChecks::anonymous),
                Check.must(
                        "csrattrs-message",
                        "RFC 8951, 4; RFC 9908, 3",
                        "send application/csrattrs: base64 of a DER SEQUENCE of OIDs and attributes, each as RFC 9908 has it",
                        AttributesChecks::message));
    }

    /** What the server asks for, as far as that can be read. */
    static Optional<CsrAttributes> asked(EstSite site) {
        try {
            Heard heard = heard(site);
            return heard.status() == 200
                    ? Optional.of(EstAnswers.csrAttributes(EstMediaTypes.CSR_ATTRIBUTES, heard.body()))
                    : Optional.empty();
        } catch (IOException | MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static Heard heard(EstSite site) throws IOException {
        return site.ask(Ask.of("GET", site.path(EstOperation.CSRATTRS)));
    }

    private static Outcome status(EstSite site) throws IOException {
        Heard heard = heard(site);
        if (heard.status() == 200 && heard.body().length == 0) {
            return new Outcome.Wrong("csrattrs is answered 200 without a body");
        }
        return Outcome.of(heard.is(200, 204, 404, 401, 403), "csrattrs is answered " + heard.shown());
    }

    private static Outcome anonymous(EstSite site) throws IOException {
        Heard heard = heard(site);
        return Outcome.of(!heard.is(401, 403), "csrattrs without credentials is answered " + heard.shown());
    }

    private static Outcome message(EstSite site) throws IOException {
        Heard heard = heard(site);
        if (heard.status() != 200) {
            return new Outcome.Right("nothing is asked for: " + heard.status());
        }
        try {
            EstAnswers.csrAttributes(heard.header("Content-Type").orElse(null), heard.body());
        } catch (MalformedMessageException e) {
            return Outcome.wrong(e);
        }
        return BodyChecks.base64(heard.body());
    }
}
