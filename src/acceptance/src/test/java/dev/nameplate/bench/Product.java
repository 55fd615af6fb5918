package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A home of its own, and the server in it, made and started by the command that everyone types. */
final class Product {
    private static final int DEVICE_DOOR = 8443;
    private static final int PUBLIC_DOOR = 8080;
    private static final int OPERATOR_DOOR = 9443;
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final String LABELS = "\nlabels:\n";

    private final Commands commands;
    private final Cleanup cleanup;
    private final Path home;
    private final InetSocketAddress devices;
    private final SmallCa manufacturer;

    private Product(Commands commands, Cleanup cleanup, Path home, InetSocketAddress devices, SmallCa manufacturer) {
        this.commands = commands;
        this.cleanup = cleanup;
        this.home = home;
        this.devices = devices;
        this.manufacturer = manufacturer;
    }

    /** Makes the home. Its token is a SoftHSM of its own; devices of the manufacturer enrol without being registered first. */
    static Product init(Commands commands, Scratch scratch, Cleanup cleanup, Optional<Postgres> postgres) {
        return init(
                commands,
                scratch,
                cleanup,
                postgres,
                postgres.map(_ -> "postgresql").orElse("h2"));
    }

    /** @param name of the home, one of several */
    static Product init(Commands commands, Scratch scratch, Cleanup cleanup, Optional<Postgres> postgres, String name) {
        Path home = scratch.path("home-" + name);
        int offset = freeOffset();
        List<String> command = new ArrayList<>(List.of(
                launcher(commands), "init", "--home", home.toString(), "--port-offset", Integer.toString(offset)));
        postgres.ifPresent(database -> command.addAll(List.of(
                "--database-url",
                database.url(),
                "--database-user",
                Postgres.USER,
                "--database-password-file",
                database.passwordFile().toString())));
        commands.run(Map.of(), command);
        SmallCa manufacturer = new SmallCa("Bench Manufacturer");
        addLabel(home.resolve("nameplate.yaml"), manufacturer);
        var door = new InetSocketAddress(InetAddress.getLoopbackAddress(), DEVICE_DOOR + offset);
        return new Product(commands, cleanup, home, door, manufacturer);
    }

    /** Starts the server as {@code scripts/nameplate serve} does, and waits until every door is open. */
    Child serve() {
        Child server = serve(Map.of(), List.of(launcher(commands), "serve", "--home", home.toString()));
        Waiting.until(
                "every door is open",
                server,
                () -> Reach.listens(publicDoor().getPort())
                        && Reach.listens(operatorAddress().getPort()));
        return server;
    }

    /** Waits for the first answer at the device door alone. */
    Child serve(Map<String, String> environment, List<String> command) {
        Child server = commands.start(cleanup, "serve", environment, command);
        EstTarget target = target();
        TlsConnection.Buffers buffers = new TlsConnection.Buffers();
        Waiting.until("the device door answers", server, () -> answers(target, buffers));
        return server;
    }

    Path home() {
        return home;
    }

    URI operatorDoor() {
        return URI.create("https://localhost:" + (devices.getPort() - DEVICE_DOOR + OPERATOR_DOOR));
    }

    /** Changes {@code nameplate.yaml}; heard at the next start. */
    void changeSettings(UnaryOperator<String> change) {
        Path settings = home.resolve("nameplate.yaml");
        try {
            Files.writeString(settings, change.apply(Files.readString(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command of the product printed. */
    String command(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher(commands)));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home.toString()));
        return commands.run(Map.of(), command);
    }

    InetSocketAddress publicDoor() {
        return new InetSocketAddress(devices.getAddress(), devices.getPort() - DEVICE_DOOR + PUBLIC_DOOR);
    }

    InetSocketAddress operatorAddress() {
        return new InetSocketAddress(devices.getAddress(), devices.getPort() - DEVICE_DOOR + OPERATOR_DOOR);
    }

    EstTarget target() {
        return new EstTarget(devices, new ClientTls());
    }

    Fleet fleet(EstTarget target) {
        return new Fleet(target, manufacturer);
    }

    private static boolean answers(EstTarget target, TlsConnection.Buffers buffers) {
        try (TlsConnection connection = TlsConnection.open(target.address(), target.tls(), null, buffers)) {
            connection.write(target.get("cacerts"));
            return HttpAnswer.read(connection, new byte[ANSWER_BYTES]).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void addLabel(Path settings, SmallCa manufacturer) {
        try {
            Files.writeString(
                    settings.resolveSibling("bench-manufacturer.pem"), SmallCa.pem(manufacturer.certificate()));
            String text = Files.readString(settings);
            if (!text.contains(LABELS)) {
                throw new IllegalStateException(settings + " has no labels");
            }
            Files.writeString(settings, text.replace(LABELS, LABELS + """
                      bench:
                        profile: ldevid
                        ways: [certificate, manufacturer]
                        manufacturers:
                          bench: {certificate-file: bench-manufacturer.pem, identity: common-name, register: true}
                    """));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String launcher(Commands commands) {
        return commands.checkout().resolve("scripts/nameplate").toString();
    }

    private static int freeOffset() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(2_000, 20_000))
                .filter(offset -> IntStream.of(DEVICE_DOOR, PUBLIC_DOOR, OPERATOR_DOOR)
                        .noneMatch(port -> Reach.listens(port + offset)))
                .findFirst()
                .orElseThrow();
    }
}
