package dev.nameplate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code scripts/torture bulk}: a bulk revocation whose server is killed again and again. Ends with 1 if it is not exact. */
@Command(
        name = "bulk",
        description = "Kills the server again and again while it carries out a bulk revocation.",
        mixinStandardHelpOptions = true)
public final class BulkRun implements Callable<Integer> {
    private static final int INNOCENT = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(names = "--certificates", defaultValue = "100000", description = "how many (${DEFAULT-VALUE})")
    private int certificates;

    @Option(names = "--kills", defaultValue = "5", description = "how often (${DEFAULT-VALUE})")
    private int kills;

    @Option(names = "--checkout", required = true, hidden = true)
    private Path checkout = Path.of("");

    private BulkRun() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new BulkRun()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            Product product = Product.init(new Commands(checkout, scratch), scratch, cleanup, Optional.empty());
            product.changeSettings(
                    settings -> settings.replace("approval-above: 1000", "approval-above: " + Integer.MAX_VALUE));
            Child first = product.serve();
            EnrollBench.enrol(product.fleet(product.target()), 1);
            first.stop();
            Lot.write(product.home(), Optional.empty(), certificates - 1);
            return torture(product, scratch.path("plan.ndjson"));
        }
    }

    private int torture(Product product, Path plan) throws IOException {
        Child server = product.serve();
        product.command(words("revoke plan --profile ldevid --reason key-compromise --final --out " + plan));
        String id = JSON.readTree(product.command(words("--json revoke apply --yes --no-wait " + plan)))
                .path("id")
                .asString();
        product.fleet(product.target()).enrol(INNOCENT);
        for (int kill = 1; kill <= kills; kill++) {
            int done = waitFor(product, server, id, (int) ((long) certificates * kill / (kills + 1)));
            server.kill();
            System.out.println("killed after " + done + " of " + certificates);
            server = product.serve();
        }
        String said = product.command(words("revoke apply --yes " + plan));
        System.out.println(said.strip());
        int faults = faults(product, server, planned(plan));
        server.stop();
        System.out.println(faults == 0 ? "exactly what was planned is revoked" : faults + " faults");
        return faults == 0 ? 0 : 1;
    }

    /** How many are revoked, as soon as these are. */
    private static int waitFor(Product product, Child server, String id, int least) {
        AtomicInteger done = new AtomicInteger();
        try (Operator operator = new Operator(product)) {
            Waiting.until(least + " are revoked", server, () -> {
                done.set(operator.get("/api/v1/revocation-plans/" + id)
                        .requiredAt("/progress/certificates")
                        .asInt());
                return done.get() >= least;
            });
        }
        return done.get();
    }

    private static int faults(Product product, Child server, Set<String> planned) {
        Path crl = product.home().resolve("public/crl/devices/g1.crl");
        Waiting.until("the CRL lists them", server, () -> listed(crl).size() >= planned.size());
        // The canary revokes certificates of its own profile.
        int faults =
                fault("the CRL does not list what is recorded", !listed(crl).equals(revoked(product, "")));
        faults += fault(
                "something else is revoked",
                !revoked(product, "&profile=ldevid").equals(planned));
        faults += fault(
                "the audit trail is broken", !product.command("audit", "verify").contains("intact"));
        return faults;
    }

    private static int fault(String what, boolean found) {
        if (found) {
            System.out.println("FAULT " + what);
        }
        return found ? 1 : 0;
    }

    private static Set<String> planned(Path plan) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(plan)) {
            return lines.lines()
                    .map(JSON::readTree)
                    .filter(line -> line.has("serial"))
                    .map(line -> plain(line.path("serial").asString()))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> revoked(Product product, String which) {
        Set<String> revoked = new HashSet<>();
        try (Operator operator = new Operator(product)) {
            String after = "";
            do {
                JsonNode page = operator.get("/api/v1/certificates?limit=1000" + which + after);
                for (JsonNode one : page.required("items")) {
                    if (one.path("revoked").isObject()) {
                        revoked.add(plain(one.required("serial").asString()));
                    }
                }
                after = page.path("next").isString()
                        ? "&after=" + page.path("next").asString()
                        : "";
            } while (!after.isEmpty());
        }
        return revoked;
    }

    private static Set<String> listed(Path crl) {
        try (InputStream file = Files.newInputStream(crl)) {
            X509CRL read = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(file);
            Set<? extends X509CRLEntry> entries = read.getRevokedCertificates();
            return entries == null
                    ? Set.of()
                    : entries.stream()
                            .map(entry -> entry.getSerialNumber().toString(16))
                            .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(crl + " cannot be read", e);
        }
    }

    /** Without zeros in front. */
    private static String plain(String serial) {
        return serial.toLowerCase(Locale.ROOT).replaceFirst("^0+", "");
    }

    private static String[] words(String command) {
        return command.split(" ", -1);
    }
}
