package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.cli.tls.TlsIdentity;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.ca.cli.tls.WrongClock;
import dev.nameplate.hsm.VaultException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** One exchange with an EST server. */
abstract class EstCommand implements Callable<Integer> {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);
    private static final int NOT_OFFERED = 501;

    private final Nameplate root;
    private final DeviceDoors doors;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--label", paramLabel = "LABEL", description = "The path segment of the service. Default: none.")
    private @Nullable String label;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM: whom the server's certificate must lead to. Default: tls/ca.pem of the home.")
    private @Nullable Path trust;

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            description =
                    "Instead of --trust: the SHA-256 of the root's certificate, learnt elsewhere. The root is fetched from"
                            + " the server itself, and believed if it has this fingerprint (RFC 7030, 4.1.1).")
    private @Nullable String fingerprint;

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "PT24H",
            paramLabel = "DURATION",
            description =
                    "Where the server says not now (202, 429, 503), asks again when it says, for so long in all, as in"
                            + " PT10M. Without a value: ${FALLBACK-VALUE}.")
    private Duration patience = Duration.ZERO;

    @Mixin
    private final KeyOptions keys;

    EstCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        this.root = root;
        this.doors = doors;
        this.clock = clock;
        this.keys = new KeyOptions(clock);
    }

    @Override
    public final Integer call() {
        try (keys) {
            return run().value();
        } catch (ConnectException e) {
            throw CommandFailedException.fault("the EST server at " + url() + " does not answer");
        } catch (IOException | UncheckedIOException | IllegalArgumentException | VaultException e) {
            throw CommandFailedException.fault(WrongClock.said(e));
        }
    }

    abstract ExitCode run() throws IOException;

    final EstClient client(Optional<ClientKey> identity) {
        return client(label, identity);
    }

    final EstClient client(@Nullable String segment, Optional<ClientKey> identity) {
        if (url().getHost() == null || !"https".equals(url().getScheme())) {
            throw CommandFailedException.wrongUsage("--server is an address as https://ca.example:8443, not " + url());
        }
        return new EstClient(url(), Optional.ofNullable(segment), TlsIdentity.context(anchors(), identity), clock);
    }

    /** Speaks to whoever answers: for what needs no secret, and is checked afterwards or only shown. */
    final EstClient unverifiedClient() {
        return new EstClient(url(), Optional.ofNullable(label), TlsIdentity.unverified(), clock);
    }

    final KeyOptions keys() {
        return keys;
    }

    final Path trust() {
        return trust == null ? root.home().resolve("tls").resolve("ca.pem") : trust;
    }

    private List<X509CertificateHolder> anchors() {
        if (fingerprint == null) {
            return PemFiles.certificates(trust());
        }
        if (trust != null) {
            throw CommandFailedException.wrongUsage("--trust and --fingerprint exclude each other");
        }
        try (EstClient client = unverifiedClient()) {
            return List.of(Fingerprints.parse(fingerprint).rootAmong(given(client.caCerts())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One exchange, to be made again if the server says so. */
    @FunctionalInterface
    interface Asking<T> {
        EstAnswer<T> ask() throws IOException;
    }

    /** What a good answer gives, waited for as long as the user said; anything else ends the command. */
    final <T> T awaited(Asking<T> asking) throws IOException {
        Instant end = clock.instant().plus(patience);
        EstAnswer<T> answer = asking.ask();
        while (answer instanceof EstAnswer.Later<T> later) {
            Duration pause = later.retryAfter().orElse(USUAL_PAUSE);
            if (clock.instant().plus(pause).isAfter(end)) {
                return given(answer);
            }
            err().println("not now (" + later.status() + "): asking again in " + pause.toSeconds() + " s");
            pause(pause);
            answer = asking.ask();
        }
        return given(answer);
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while waiting").initCause(e);
        }
    }

    /** What a good answer gives; anything else ends the command. */
    static <T> T given(EstAnswer<T> answer) {
        return switch (answer) {
            case EstAnswer.Given<T>(var what) -> what;
            case EstAnswer.Refused<T>(int status, var text) ->
                throw status >= 500 && status != NOT_OFFERED
                        ? CommandFailedException.fault("the server failed (" + status + "): " + text)
                        : CommandFailedException.refused("refused (" + status + "): " + text);
            case EstAnswer.Later<T>(int status, var wait, var text) ->
                throw CommandFailedException.fault("not now (" + status + "): " + text
                        + wait.map(time -> "; try again in " + time.toSeconds() + " s")
                                .orElse(""));
        };
    }

    /** Writes the certificates as PEM, to the file or the screen, and says so. */
    final ExitCode deliver(List<X509CertificateHolder> certificates, Optional<Path> file) throws IOException {
        String pem = PemFiles.pem(certificates.toArray());
        if (file.isPresent()) {
            write(file.get(), pem);
        }
        X509CertificateHolder first = certificates.getFirst();
        PrintWriter out = screen();
        if (root.json()) {
            out.println(JsonMapper.shared().writeValueAsString(facts(first, pem)));
        } else if (file.isPresent()) {
            out.println(file.get() + ": " + first.getSubject() + ", serial "
                    + first.getSerialNumber().toString(16) + ", valid until "
                    + first.getNotAfter().toInstant());
        } else {
            out.print(pem);
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** The old file or the whole new one. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> facts(X509CertificateHolder certificate, String pem) {
        return Map.of(
                "subject", certificate.getSubject().toString(),
                "serial", certificate.getSerialNumber().toString(16),
                "notAfter", certificate.getNotAfter().toInstant().toString(),
                "pem", pem);
    }

    URI url() {
        return root.server().orElseGet(() -> doors.of(root.home()));
    }

    final boolean json() {
        return root.json();
    }

    private PrintWriter err() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.flush();
        return err;
    }

    final PrintWriter screen() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        return spec.commandLine().getOut();
    }
}
