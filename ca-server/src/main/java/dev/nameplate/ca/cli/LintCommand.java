package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.factory.matter.MatterChain;
import dev.nameplate.ca.lint.MatterRules;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nameplate lint matter}: says what is wrong with attestation certificates, whoever issued them. No server is needed. */
@Command(
        name = "matter",
        description =
                "Lints Matter attestation certificates: three in their order (device, intermediate, authority) as a"
                        + " chain, in one PEM file or in several; or each by itself as --kind says.")
final class LintCommand implements Callable<Integer> {
    private static final int CHAIN = 3;

    private final Nameplate root;

    @Option(names = "--kind", paramLabel = "KIND", description = "Each is one of these: ${COMPLETION-CANDIDATES}.")
    private MatterRules.@Nullable Kind kind;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Certificates, PEM.")
    private List<Path> files = new ArrayList<>();

    LintCommand(Nameplate root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<String> findings = findings(certificates());
        var result = root.screen().mapper().createObjectNode();
        var list = result.putArray("findings");
        findings.forEach(list::add);
        root.screen().done(findings.isEmpty() ? "nothing is wrong" : String.join("\n", findings), result);
        return findings.isEmpty() ? ExitCode.DONE.value() : ExitCode.REFUSED.value();
    }

    private List<String> findings(List<CertificateDer> certificates) {
        if (kind != null) {
            MatterRules.Kind each = kind;
            return certificates.stream()
                    .flatMap(certificate -> MatterChain.of(each, certificate).stream())
                    .toList();
        }
        if (certificates.size() != CHAIN) {
            throw CommandFailedException.refused("a chain is three certificates, device first, and these are "
                    + certificates.size() + "; --kind lints them one by one");
        }
        return new MatterChain(certificates.get(0), certificates.get(1), certificates.get(2)).findings();
    }

    private List<CertificateDer> certificates() {
        List<CertificateDer> all = new ArrayList<>();
        for (Path file : files) {
            try {
                PemFiles.certificates(file).forEach(certificate -> all.add(CertificateDer.of(certificate)));
            } catch (UncheckedIOException | IllegalArgumentException e) {
                throw CommandFailedException.fault(String.valueOf(e.getMessage()));
            }
        }
        return all;
    }
}
