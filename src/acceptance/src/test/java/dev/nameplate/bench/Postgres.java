package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL of this run alone, as Debian configures it: every commit reaches the disk. */
record Postgres(Child child, int port, Path passwordFile, String version, String database) {
    static final String USER = "nameplate";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    static Optional<Path> programs() {
        return Commands.find("initdb", debianPrograms()).map(Postgres::resolved);
    }

    static Postgres start(Commands commands, Scratch scratch, Cleanup cleanup, Path programs) {
        String password = UUID.randomUUID().toString();
        Path data = scratch.path("postgres");
        Path passwordFile = scratch.write("postgres.password", password);
        handOver(data, passwordFile);
        commands.run(
                Map.of(),
                asNobody(
                        programs.resolve("initdb"),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C"));
        int port = Ports.free();
        Child child = commands.start(
                cleanup,
                "postgres",
                Map.of(),
                asNobody(
                        programs.resolve("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="));
        Waiting.until("PostgreSQL answers", child, () -> accepts(commands, programs, port));
        return new Postgres(
                child,
                port,
                passwordFile,
                commands.run(programs.resolve("postgres").toString(), "--version")
                        .strip(),
                "postgres");
    }

    String password() {
        try {
            return Files.readString(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A database of its own on this server. */
    Postgres empty(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return new Postgres(child, port, passwordFile, version, name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL makes no database: " + e.getMessage(), e);
        }
    }

    /** Of this database; nobody may be using it any more. */
    void drop() {
        try (Connection connection = new Postgres(child, port, passwordFile, version, "postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL keeps its database: " + e.getMessage(), e);
        }
    }

    Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(
                    url(), USER, Files.readString(passwordFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(Commands commands, Path programs, int port) {
        try {
            commands.run(programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port);
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static List<String> asNobody(Path program, String... arguments) {
        List<String> command = new ArrayList<>(Commands.asNobody());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** PostgreSQL does not run as root, and wants to own its directory. */
    private static void handOver(Path data, Path passwordFile) {
        try {
            Files.createDirectory(data);
            if (!Commands.asNobody().isEmpty()) {
                var nobody =
                        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
                Files.setOwner(data, nobody);
                Files.setOwner(passwordFile, nobody);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> debianPrograms() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .sorted()
                    .toList()
                    .reversed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian's wrappers are links to the real place, where all the programs are. */
    private static Path resolved(Path initdb) {
        try {
            return initdb.toRealPath().resolveSibling("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
