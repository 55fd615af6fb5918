package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import tools.jackson.databind.json.JsonMapper;

/** {@code scripts/bench factory}: units per second on a line, beside what the token alone can do for them. */
public final class FactoryBench {
    private static final String STATION = "bench-line";
    private static final String MADE = "WO-made";
    private static final String INJECTED = "WO-injected";
    private static final double EXPECTED = 1_500;
    private static final int DRAWN = 1_000;

    private final Options options;
    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;
    private final Report report;
    private int failures;

    private FactoryBench(Options options, Commands commands, Scratch scratch, Cleanup cleanup) {
        this.options = options;
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
        this.report = new Report("factory", Machine.look(commands));
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, FactoryBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            return new FactoryBench(options, new Commands(options.checkout, scratch), scratch, cleanup).measure();
        }
    }

    private int measure() {
        System.err.println("the token alone");
        Spread token = addInjection(InjectionRate.measure(commands, scratch, options.windows, options.window()));
        for (Database database : Database.of(options, commands, scratch, cleanup, report)) {
            measure(database, token);
        }
        report.publish(options.checkout.resolve("bench-results"));
        return failures == 0 ? 0 : 1;
    }

    private Spread addInjection(List<InjectionRate> rates) {
        Spread token = Spread.of(
                rates.stream().mapToDouble(InjectionRate::tokenPerSecond).toArray());
        Spread port = Spread.of(
                rates.stream().mapToDouble(InjectionRate::portPerSecond).toArray());
        report.add(Figure.of("token alone: key made, wrapped, destroyed; one signature", "/s", token));
        report.add(Figure.of("the same by the product's vault", "/s", port)
                .atLeast(token.median() / 2, "half of the token's")
                .beside("token alone", token.median()));
        return token;
    }

    private void measure(Database database, Spread token) {
        Product product = Product.init(commands, scratch, cleanup, database.postgres());
        Child server = product.serve();
        prepare(product);
        System.err.println(database.name() + ", keys made in the devices");
        Measurement made = run(product, database, server, MADE);
        report.add(Figure.of(database.name() + ", key made in the device: units", "/s", made.perSecond())
                .beside("token alone", token.median()));
        addRest(database.name() + ", key made in the device: ", made);
        System.err.println(database.name() + ", keys made in the token");
        Measurement injected = run(product, database, server, INJECTED);
        report.add(Figure.of(database.name() + ", injected key: units", "/s", injected.perSecond())
                .atLeast(token.median() / 2, "half of the token's")
                .beside("token alone", token.median()));
        addRest(database.name() + ", injected key: ", injected);
        System.err.println(database.name() + ", units drawn ahead of time");
        report.add(Figure.of(
                        database.name() + ", drawn ahead of time: sealed units on the station's disk",
                        "/s",
                        drawn(product))
                .beside("token alone", token.median()));
        server.stop();
    }

    /** Bundles, one after the other, by the station's own command: its start and its disk included. */
    private Spread drawn(Product product) {
        return Spread.of(IntStream.range(0, options.windows)
                .mapToDouble(_ -> {
                    long begin = System.nanoTime();
                    product.command(
                            "--operator",
                            STATION,
                            "station",
                            "draw",
                            "--batch",
                            INJECTED,
                            "--units",
                            Integer.toString(DRAWN));
                    return DRAWN * 1e9 / (System.nanoTime() - begin);
                })
                .toArray());
    }

    private void addRest(String what, Measurement measured) {
        report.add(Figure.of(what + "server CPU", "ms", measured.cpuMillis(Party.SERVER)));
        report.add(Figure.of(what + "p50", "ms", measured.latencyMillis(0.50)));
        report.add(Figure.of(what + "p99", "ms", measured.latencyMillis(0.99)));
    }

    /** A station, a batch for each kind of keys, and the key-encryption key of the one that needs it. */
    private static void prepare(Product product) {
        String code = JsonMapper.shared()
                .readTree(product.command("station", "add", STATION, "--site", "Bench", "--json"))
                .path("code")
                .asString();
        product.command("station", "enrol", STATION, "--code", code);
        for (String batch : List.of(MADE, INJECTED)) {
            String origin = batch.equals(INJECTED) ? "injected" : "device";
            product.command("batch create %s --product Bench --profile ldevid --quota 5000000 --station %s --keys %s"
                    .formatted(batch, STATION, origin)
                    .split(" ", -1));
        }
        product.command(
                "--operator",
                STATION,
                "station",
                "issue",
                "--batch",
                INJECTED,
                "--unit",
                "first",
                "--out",
                product.home().resolve("first.pem").toString());
    }

    private Measurement run(Product product, Database database, Child server, String batch) {
        Identity station = station(product.home().resolve("operators").resolve(STATION + ".pem"));
        ClientTls tls = new ClientTls();
        List<StationClient> clients = IntStream.range(0, options.clients)
                .mapToObj(i -> new StationClient(
                        product.operatorAddress(),
                        tls,
                        station,
                        new StationClient.Units(batch, batch + "-" + i, batch.equals(INJECTED))))
                .toList();
        try (Load load = new Load(clients, Measurement.meters(server, database.postgres()))) {
            Measurement measured = Measurement.of(load, options, EXPECTED, () -> {});
            failures += measured.failures();
            measured.firstFailure()
                    .ifPresent(first ->
                            report.note(database.name() + ": " + measured.failures() + " failed, first: " + first));
            return measured;
        }
    }

    private static Identity station(Path pem) {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(pem))) {
            PrivateKey key = KeyFactory.getInstance("EC", Native.PROVIDER)
                    .generatePrivate(new PKCS8EncodedKeySpec(((PrivateKeyInfo) parser.readObject()).getEncoded()));
            return new Identity(key, Native.certificate(((X509CertificateHolder) parser.readObject()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the station's key cannot be read", e);
        }
    }
}
