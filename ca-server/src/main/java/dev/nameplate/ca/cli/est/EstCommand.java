package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.est.TlsIdentity.ClientKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** One exchange with an EST server. */
abstract class EstCommand implements Callable<Integer> {
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

    EstCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        this.root = root;
        this.doors = doors;
        this.clock = clock;
    }

    @Override
    public final Integer call() {
        try {
            return run().value();
        } catch (ConnectException e) {
            throw CommandFailedException.fault("the EST server at " + url() + " does not answer");
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw CommandFailedException.fault(String.valueOf(e.getMessage()));
        }
    }

    abstract ExitCode run() throws IOException;

    final EstClient client(Optional<ClientKey> identity) {
        return client(label, identity);
    }

    final EstClient client(@Nullable String segment, Optional<ClientKey> identity) {
        return new EstClient(url(), Optional.ofNullable(segment), TlsIdentity.context(trust(), identity), clock);
    }

    final Path trust() {
        return trust == null ? root.home().resolve("tls").resolve("ca.pem") : trust;
    }

    /** What a good answer gives; anything else ends the command. */
    static <T> T given(EstAnswer<T> answer) {
        return switch (answer) {
            case EstAnswer.Given<T>(var what) -> what;
            case EstAnswer.Refused<T>(int status, var text) ->
                throw status >= 500
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
            Files.writeString(file.get(), pem);
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

    final PrintWriter screen() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        return spec.commandLine().getOut();
    }
}
