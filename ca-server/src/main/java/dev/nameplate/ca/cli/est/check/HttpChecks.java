package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Paths, methods and the form of refusals (RFC 7030, 3.2). */
final class HttpChecks {
    private static final String NO_SUCH_THING = "nameplate-doctor-asks-for-nothing";
    private static final byte[] GARBAGE = "this is no certification request".getBytes(StandardCharsets.US_ASCII);

    private HttpChecks() {}

    static List<Check> all() {
        return List.of(
                Check.must(
                        "operations",
                        "RFC 7030, 3.2.2",
                        "serve cacerts, simpleenroll and simplereenroll under /.well-known/est/[LABEL/]",
                        HttpChecks::operations),
                Check.must(
                        "methods",
                        "RFC 9110, 15.5.6",
                        "answer a method that an operation does not take with 405 and an Allow header",
                        HttpChecks::methods),
                Check.should(
                        "not-found",
                        "RFC 7030, 3.2.2",
                        "answer an operation or label that is not there with 404, never with another one's service",
                        HttpChecks::notFound),
                Check.should(
                        "no-redirect",
                        "RFC 7030, 3.2.1",
                        "serve every operation where its path says; many clients follow no redirect",
                        HttpChecks::redirects),
                Check.must(
                        "authentication",
                        "RFC 7030, 3.7 and 4.2",
                        "certify nobody who did not authenticate",
                        HttpChecks::anonymous),
                Check.must(
                        "challenge",
                        "RFC 7030, 3.2.3; RFC 9110, 15.5.2",
                        "send WWW-Authenticate with every 401; answer 403 where no password would do",
                        HttpChecks::challenge),
                Check.must(
                        "refuses-garbage",
                        "RFC 7030, 4.2.3; RFC 8951, 5",
                        "answer what is no request with 400 and a line of plain text that says why, not with a fault",
                        HttpChecks::garbage),
                Check.must(
                        "request-media-type",
                        "RFC 7030, 3.2.4",
                        "refuse a body that is not announced as application/pkcs10 with 415",
                        HttpChecks::mediaType),
                Check.interop(
                        "content-length",
                        "RFC 9112, 6; clients in use",
                        "send a Content-Length and no chunks: libest and strongSwan read nothing else",
                        HttpChecks::framing));
    }

    private static Outcome operations(EstSite site) throws IOException {
        for (EstOperation operation :
                List.of(EstOperation.CACERTS, EstOperation.SIMPLEENROLL, EstOperation.SIMPLEREENROLL)) {
            Heard heard = site.ask(Ask.of("GET", site.path(operation)));
            if (heard.is(404, 501)) {
                return new Outcome.Wrong(site.path(operation) + " is not there: " + heard.shown());
            }
        }
        return new Outcome.Right("cacerts, simpleenroll and simplereenroll are there");
    }

    private static Outcome methods(EstSite site) throws IOException {
        Heard post = site.ask(Ask.post(site.path(EstOperation.CACERTS), "text/plain", GARBAGE));
        Heard get = site.ask(Ask.of("GET", site.path(EstOperation.SIMPLEENROLL)));
        if (!allows(post)) {
            return new Outcome.Wrong("POST cacerts is answered " + post.shown() + " and Allow "
                    + post.header("Allow").orElse("is missing"));
        }
        if (!allows(get)) {
            return new Outcome.Wrong("GET simpleenroll is answered " + get.shown() + " and Allow "
                    + get.header("Allow").orElse("is missing"));
        }
        return new Outcome.Right("wrong methods are answered 405 with Allow");
    }

    private static boolean allows(Heard heard) {
        return heard.status() == 405 && heard.header("Allow").isPresent();
    }

    private static Outcome notFound(EstSite site) throws IOException {
        Heard operation = site.ask(Ask.of("GET", site.path(NO_SUCH_THING)));
        Heard label = site.ask(Ask.of("GET", "/.well-known/est/" + NO_SUCH_THING + "/cacerts"));
        return Outcome.of(
                operation.status() == 404 && label.status() == 404,
                "an unknown operation is answered " + operation.status() + ", an unknown label " + label.status());
    }

    private static Outcome redirects(EstSite site) throws IOException {
        int status = site.caCerts().status();
        return Outcome.of(status < 300 || status >= 400, "cacerts is answered " + status);
    }

    private static Outcome anonymous(EstSite site) throws IOException {
        for (EstOperation operation : List.of(EstOperation.SIMPLEENROLL, EstOperation.SERVERKEYGEN)) {
            Heard heard = site.ask(Ask.post(
                    site.path(operation),
                    EstMediaTypes.PKCS10,
                    Trial.of(site).named("nameplate-doctor").body()));
            if (heard.is(200, 202)) {
                return new Outcome.Wrong(operation.segment() + " without credentials is answered " + heard.status());
            }
        }
        return new Outcome.Right("nothing is done for who did not authenticate");
    }

    private static Outcome challenge(EstSite site) throws IOException {
        for (EstOperation operation : List.of(EstOperation.SIMPLEENROLL, EstOperation.SIMPLEREENROLL)) {
            Heard heard = site.ask(Ask.post(
                    site.path(operation),
                    EstMediaTypes.PKCS10,
                    Trial.of(site).named("nameplate-doctor").body()));
            if (heard.status() == 401 && heard.header("WWW-Authenticate").isEmpty()) {
                return new Outcome.Wrong(operation.segment() + " is answered 401 without WWW-Authenticate");
            }
            if (!heard.refuses()) {
                return new Outcome.Wrong(operation.segment() + " without credentials is answered " + heard.shown());
            }
        }
        return new Outcome.Right("who did not authenticate is told how to, or that it may not");
    }

    private static Outcome garbage(EstSite site) throws IOException {
        Ask ask = Ask.post(site.path(EstOperation.SIMPLEENROLL), EstMediaTypes.PKCS10, GARBAGE);
        Heard heard = site.anonymity().isPresent() ? site.ask(ask) : site.askAsVisitor(_ -> ask);
        if (!heard.refuses()) {
            return new Outcome.Wrong("a body that is no request is answered " + heard.shown());
        }
        String type = heard.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.startsWith("text/plain") && !type.startsWith("application/pkcs7-mime")) {
            return new Outcome.Wrong("a body that is no request is refused in " + type);
        }
        return heard.status() != 401 && heard.body().length == 0
                ? new Outcome.Wrong("a body that is no request is refused without a word: " + heard.status())
                : new Outcome.Right("a body that is no request is answered " + heard.shown());
    }

    private static Outcome mediaType(EstSite site) throws IOException {
        byte[] body = Trial.of(site).named("nameplate-doctor").body();
        Ask right = Ask.post(site.path(EstOperation.SIMPLEENROLL), EstMediaTypes.PKCS10, body);
        Ask other = right.with("Content-Type", "text/plain");
        Heard heardOther = site.ask(other);
        Heard none = site.ask(right.without("Content-Type"));
        return Outcome.of(
                heardOther.refuses() && none.refuses(),
                "a body announced as text/plain is answered " + heardOther.status() + ", one not announced "
                        + none.status());
    }

    private static Outcome framing(EstSite site) throws IOException {
        Heard.Framing framing = site.caCerts().framing();
        return Outcome.of(
                framing == Heard.Framing.LENGTH,
                switch (framing) {
                    case LENGTH -> "answers have a Content-Length";
                    case CHUNKED -> "cacerts comes in chunks";
                    case CLOSE -> "cacerts ends with the connection";
                    case NONE -> "cacerts has no body";
                });
    }
}
