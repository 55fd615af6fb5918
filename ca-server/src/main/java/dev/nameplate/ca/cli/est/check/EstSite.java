package dev.nameplate.ca.cli.est.check;

import dev.nameplate.ca.cli.tls.TlsIdentity;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.CsrTemplate;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.EstPath;
import dev.nameplate.est.KeyWish;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.cert.X509CertificateHolder;

/** A server under examination, and with what it may be asked. Credentials go only where the server was verified before. */
final class EstSite {
    private static final String EXPORTER = "EXPORTER-Channel-Binding";
    private static final int BINDING_OCTETS = 32;

    private final URI server;
    private final Optional<String> label;
    private final Visitor visitor;
    private final Wire anybody;
    private final Wire verified;
    private final Wire withCertificate;
    private Optional<Optional<CsrAttributes>> asked = Optional.empty();
    private Optional<KeyPair> key = Optional.empty();
    private Optional<Heard> caCerts = Optional.empty();
    private Optional<String> distrust = Optional.of("it was not looked at yet");

    /**
     * Who asks.
     *
     * @param anchors whom the server's certificate must lead to
     */
    record Visitor(
            List<X509CertificateHolder> anchors, Optional<ClientKey> certificate, Optional<BasicCredentials> password) {
        Visitor {
            anchors = List.copyOf(anchors);
        }
    }

    EstSite(URI server, Optional<String> label, Visitor visitor) {
        this.server = server;
        this.label = label;
        this.visitor = visitor;
        this.anybody = new Wire(server, TlsIdentity.unverified(), false);
        this.verified = new Wire(server, TlsIdentity.context(visitor.anchors(), Optional.empty()), true);
        this.withCertificate = new Wire(server, TlsIdentity.context(visitor.anchors(), visitor.certificate()), true);
    }

    URI server() {
        return server;
    }

    Visitor visitor() {
        return visitor;
    }

    String path(EstOperation operation) {
        return path(operation.segment());
    }

    String path(String last) {
        return EstPath.PREFIX + label.map(segment -> segment + "/").orElse("") + last;
    }

    /** Shows who it is: why the server is not to be trusted, if it is not. */
    Optional<String> distrust() throws IOException {
        try {
            verified.session();
            distrust = Optional.empty();
        } catch (SSLException e) {
            distrust = Optional.of(String.valueOf(e.getMessage()));
        }
        return distrust;
    }

    SSLSession session() throws IOException {
        return anybody.session();
    }

    /** As anybody, and trusting anybody: nothing of the visitor's goes along. */
    Heard ask(Ask ask) throws IOException {
        return anybody.ask(ask);
    }

    Heard caCerts() throws IOException {
        if (caCerts.isEmpty()) {
            caCerts = Optional.of(ask(Ask.of("GET", path(EstOperation.CACERTS))));
        }
        return caCerts.orElseThrow();
    }

    /** Why nothing can be asked as the visitor, if nothing can. */
    Optional<String> anonymity() {
        if (visitor.certificate().isEmpty() && visitor.password().isEmpty()) {
            return Optional.of("no credentials were given");
        }
        return distrust.map(why -> "credentials are not shown to a server that is not trusted");
    }

    /** The one key of the examination, of the kind that the server asks for. */
    KeyPair key() {
        if (key.isEmpty()) {
            key = Optional.of(Trial.newKey(asked().flatMap(EstSite::wish)));
        }
        return key.orElseThrow();
    }

    /** A request as the visitor would make it in this session: for its own name, linked to the session if that is asked for. */
    Trial trial(SSLSession session) {
        Trial trial = Trial.of(this);
        visitor.certificate()
                .ifPresentOrElse(
                        own -> trial.renewing(own.chain().getFirst()),
                        () -> visitor.password().ifPresent(password -> trial.named(password.user())));
        boolean linked = asked().filter(asked -> asked.types().contains(CsrAttributes.CHALLENGE_PASSWORD)
                        || asked.template()
                                .filter(template -> template.attributes().contains(CsrAttributes.CHALLENGE_PASSWORD))
                                .isPresent())
                .isPresent();
        return linked ? binding(session).map(trial::challenged).orElse(trial) : trial;
    }

    private Optional<CsrAttributes> asked() {
        if (asked.isEmpty()) {
            asked = Optional.of(AttributesChecks.asked(this));
        }
        return asked.orElseThrow();
    }

    private static Optional<KeyWish> wish(CsrAttributes asked) {
        return asked.template().flatMap(CsrTemplate::key).or(asked::key);
    }

    /** RFC 9266, 2: defined for TLS 1.3. */
    private static Optional<String> binding(SSLSession session) {
        try {
            return session instanceof ExtendedSSLSession extended
                    ? Optional.of(Base64.getEncoder()
                            .encodeToString(extended.exportKeyingMaterialData(EXPORTER, null, BINDING_OCTETS)))
                    : Optional.empty();
        } catch (SSLException | UnsupportedOperationException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** As the visitor, with all it has. */
    Heard askAsVisitor(Function<SSLSession, Ask> asking) throws IOException {
        if (anonymity().isPresent()) {
            throw new IllegalStateException(anonymity().get());
        }
        return withCertificate.ask(session -> {
            Ask ask = asking.apply(session);
            return visitor.password()
                    .map(password -> ask.with("Authorization", password.toHeader()))
                    .orElse(ask);
        });
    }
}
