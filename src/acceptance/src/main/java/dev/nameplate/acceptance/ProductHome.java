package dev.nameplate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A home of the product in a temporary directory, with a token and ports of its own. */
public final class ProductHome implements AutoCloseable {
    private final Path directory = Directories.make("home");
    private final Ports ports;
    private final SoftToken token;
    private final Program program;

    private ProductHome() {
        this.ports = Ports.free();
        this.token = new SoftToken(directory);
        this.program = new Program(directory, token.environment());
    }

    private ProductHome(ProductHome first) {
        this.ports = Ports.freeAfter(first.ports);
        this.token = first.token;
        this.program = new Program(directory, token.environment());
    }

    /** What {@code init} writes of the canary: left out, so that only a test's own certificates are revoked. */
    static final String CANARY = "\ncanary:\n  interval: PT15M\n";

    /** How often one device may ask: the few devices here ask as often as many would. */
    private static final String PACE = "requests: 60, period: PT1H";

    /** Made by {@code nameplate init}, with the embedded database. */
    public static ProductHome create() {
        return create(Optional.empty());
    }

    /** Whose issuers wait for certificates from a CA elsewhere. */
    public static ProductHome underAnotherRoot() {
        return create(List.of("--external-root"));
    }

    public static ProductHome create(Optional<PostgreSql> database) {
        return create(
                database.map(server -> List.of("--database-url", server.url(), "--database-user", PostgreSql.USER))
                        .orElse(List.of()));
    }

    /** The home of another process of the same CA: its own doors and files, the same token and the same database. */
    public static ProductHome beside(ProductHome first) {
        ProductHome second = new ProductHome(first);
        second.program
                .run(List.of("cp", "-a", first.path().toString(), second.path().toString()))
                .requireDone();
        second.program
                .run(List.of("rm", "-rf", second.path().resolve("public").toString()))
                .requireDone();
        second.changeSettings(
                settings -> settings.replace("port: " + first.ports.device(), "port: " + second.ports.device())
                        .replace("port: " + first.ports.open(), "port: " + second.ports.open())
                        .replace("port: " + first.ports.operator(), "port: " + second.ports.operator()));
        return second;
    }

    private static ProductHome create(List<String> options) {
        ProductHome home = new ProductHome();
        boolean made = false;
        try {
            home.init(options);
            made = true;
            return home;
        } finally {
            if (!made) {
                home.close();
            }
        }
    }

    private void init(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("init", "--port-offset", Integer.toString(ports.offset())));
        arguments.addAll(options);
        nameplate(arguments.toArray(String[]::new)).requireDone();
        changeSettings(settings -> settings.replace(CANARY, "\n").replace(PACE, "requests: 1000000, period: PT1S"));
    }

    public Path path() {
        return directory.resolve("nameplate-home");
    }

    /** A directory for what a client makes. */
    public Path scratch() {
        return directory;
    }

    public Path trust() {
        return path().resolve("tls/ca.pem");
    }

    public Path operator() {
        return path().resolve("operators/admin.pem");
    }

    public SoftToken token() {
        return token;
    }

    public Ports ports() {
        return ports;
    }

    public URI deviceDoor() {
        return URI.create("https://localhost:" + ports.device());
    }

    public URI operatorDoor() {
        return URI.create("https://localhost:" + ports.operator());
    }

    /** The command line, on this home. */
    public Program.Ended nameplate(String... arguments) {
        return program.run(command(arguments));
    }

    /** The command line, on this home, without waiting for its end; what it says goes into the file. */
    public Process begin(Path said, String... arguments) {
        try {
            return program.builder(command(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code nameplate serve}, to its end: for servers that must not start. */
    public Program.Ended serveInVain() {
        return nameplate("serve");
    }

    public ServerProcess serve() {
        Path log = directory.resolve("server.log");
        try {
            Process process = program.builder(command("serve"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return ServerProcess.ready(process, log, operatorApi());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public OperatorApi operatorApi() {
        return new OperatorApi(operatorDoor(), operator(), trust());
    }

    /** Changes {@code nameplate.yaml}. */
    public void changeSettings(UnaryOperator<String> change) {
        Path settings = path().resolve("nameplate.yaml");
        try {
            Files.writeString(settings, change.apply(Files.readString(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Directories.remove(directory);
    }

    /** A test is over before the thorough compiler has earned its time. */
    private List<String> command(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(
                        Stream.of(java, "-XX:+UseSerialGC", "-Xmx160m", "-XX:TieredStopAtLevel=1"),
                        Launch.FLAGS.stream(),
                        Stream.of("-jar", Launch.JAR.toString()),
                        Stream.of(arguments),
                        Stream.of("--home", path().toString()))
                .flatMap(part -> part)
                .toList();
    }

    /** Found out once for all homes. */
    private static final class Launch {
        private static final Path JAR = jar();
        private static final List<String> FLAGS = StartCache.flags(JAR);

        private static Path jar() {
            String jar = System.getProperty("nameplate.jar");
            if (jar == null || !Files.isRegularFile(Path.of(jar))) {
                throw new AssertionError("the product's jar is not there: nameplate.jar is " + jar);
            }
            return Path.of(jar).toAbsolutePath().normalize();
        }
    }
}
