package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;

/** {@code scripts/bench ocsp}: answers that are kept and answers signed live, over a large database. */
public final class OcspBench {
    private static final int ASKED_FOR = 1_000;
    private static final int NONCES = 20_000;
    private static final double XIPKI_MICROS = 172;
    private static final Duration TOKEN_WINDOW = Duration.ofSeconds(2);

    private final Options options;
    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;
    private final Report report;
    private final Wrk wrk;
    private Optional<List<Wrk.Run>> nginx = Optional.empty();
    private Optional<List<Wrk.Run>> openssl = Optional.empty();

    private OcspBench(Options options, Commands commands, Scratch scratch, Cleanup cleanup) {
        this.options = options;
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
        this.report = new Report("ocsp", Machine.look(commands));
        this.wrk = new Wrk(commands, scratch, options);
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, OcspBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            return new OcspBench(options, new Commands(options.checkout, scratch), scratch, cleanup).measure();
        }
    }

    private int measure() {
        List<BigInteger> serials = Issued.serials(options.certificates, ASKED_FOR);
        for (Database database : Database.of(options, commands, scratch, cleanup, report)) {
            measure(database, serials);
        }
        report.publish(options.checkout.resolve("bench-results"));
        return 0;
    }

    private void measure(Database database, List<BigInteger> serials) {
        Product product = Product.init(commands, scratch, cleanup, database.postgres());
        product.changeSettings(text -> text.replaceFirst("live-per-second: \\d+", "live-per-second: 1000000"));
        System.err.println(database.name() + ", " + options.certificates + " certificates");
        Issued.fill(product.home(), database.postgres(), options.certificates);
        Child server = product.serve();
        int port = product.publicDoor().getPort();
        OcspRequests requests = new OcspRequests(issuer(port));
        String what = database.name() + ", ";
        List<byte[]> plain = serials.stream().map(requests::plain).toList();
        kept(what, server, port, plain);
        live(what, server, port, serials, requests);
        server.stop();
    }

    private void kept(String what, Child server, int port, List<byte[]> plain) {
        String paths = plain.stream().map(OcspRequests::path).collect(Collectors.joining("\n", "", "\n"));
        Wrk.Requests get = wrk.requests("ocsp.paths", "GET", paths);
        Wrk.Requests post = wrk.requests("ocsp.bodies", "POST", OcspRequests.hex(plain));
        System.err.println("kept, GET");
        List<Wrk.Run> gets = wrk.measure(port, get, () -> ProcFs.cpu(server.pid()));
        List<Wrk.Run> files = nginx.orElseGet(() -> files(port, plain, get));
        nginx = Optional.of(files);
        System.err.println("kept, POST");
        List<Wrk.Run> posts = wrk.measure(port, post, () -> ProcFs.cpu(server.pid()));
        add(what + "kept, GET", gets, files);
        add(what + "kept, POST", posts, files);
    }

    /** The reference for kept answers: the same octets in files, once for all databases. */
    private List<Wrk.Run> files(int port, List<byte[]> plain, Wrk.Requests get) {
        System.err.println("nginx, GET");
        NginxFiles server = NginxFiles.start(commands, scratch, cleanup);
        for (byte[] request : plain) {
            String path = OcspRequests.path(request);
            server.add(path, fetch(port, path));
        }
        return wrk.windows(server.port(), get, server::cpu);
    }

    private void add(String what, List<Wrk.Run> measured, List<Wrk.Run> nginx) {
        double file = Wrk.cpuMicros(nginx).median();
        report.add(Figure.of(what + ": server CPU", "us", Wrk.cpuMicros(measured))
                .atMost(1.3 * file, "1.3 x nginx")
                .beside("nginx, the same octets", file));
        report.add(Figure.of(what + ": server CPU", "us", Wrk.cpuMicros(measured))
                .atMost(XIPKI_MICROS / 10, "a tenth of the peer's " + (int) XIPKI_MICROS));
        report.add(Figure.of(what + ": rate", "/s", Wrk.perSecond(measured))
                .beside("nginx", Wrk.perSecond(nginx).median()));
    }

    private void live(String what, Child server, int port, List<BigInteger> serials, OcspRequests requests) {
        System.err.println("token");
        List<TokenRate> token = TokenRate.measure(commands, scratch, options.windows, TOKEN_WINDOW);
        double signatures = Spread.of(
                        token.stream().mapToDouble(TokenRate::perSecond).toArray())
                .median();
        System.err.println("live, POST");
        List<Wrk.Run> live = wrk.measure(
                port,
                wrk.requests("ocsp.live", "POST", OcspRequests.hex(nonces(serials, requests))),
                () -> ProcFs.cpu(server.pid()));
        List<Wrk.Run> reference = openssl.orElseGet(() -> opensslAnswers(serials));
        openssl = Optional.of(reference);
        report.add(Figure.of(what + "signed live, POST: rate", "/s", Wrk.perSecond(live))
                .atLeast(0.6 * signatures, "0.6 x token")
                .beside("token signatures", signatures));
        report.add(Figure.of(what + "signed live, POST: rate", "/s", Wrk.perSecond(live))
                .beside(
                        "openssl ocsp, 1,000 certificates",
                        Wrk.perSecond(reference).median()));
        report.add(Figure.of(what + "signed live, POST: server CPU", "us", Wrk.cpuMicros(live))
                .beside("openssl ocsp", Wrk.cpuMicros(reference).median()));
    }

    /** The reference for answers signed live, once for all databases. */
    private List<Wrk.Run> opensslAnswers(List<BigInteger> serials) {
        System.err.println("openssl ocsp");
        OpensslResponder responder = OpensslResponder.start(commands, scratch, cleanup, serials);
        List<byte[]> asked = nonces(serials, responder.requests());
        List<Wrk.Run> runs = IntStream.range(0, options.windows)
                .mapToObj(_ -> responder.run(asked, options.window()))
                .toList();
        responder.child().stop();
        return runs;
    }

    /** No two have the same nonce, so each is signed, as long as the file lasts; after that they are signed again. */
    private static List<byte[]> nonces(List<BigInteger> serials, OcspRequests requests) {
        Random random = new Random(1);
        return IntStream.range(0, NONCES)
                .mapToObj(i -> requests.withNonce(serials.get(i % serials.size()), random))
                .toList();
    }

    private static X509CertificateHolder issuer(int port) {
        try {
            return new X509CertificateHolder(fetch(port, "/ca/devices.cer"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fetch(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> heard =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (heard.statusCode() != 200) {
                throw new IllegalStateException(uri + " gave " + heard.statusCode());
            }
            return heard.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
