package dev.nameplate.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A real PostgreSQL of its own, in a temporary directory and on a port of its own. */
public final class PostgreSql implements AutoCloseable {
    static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private PostgreSql(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgreSql start() {
        try {
            return new PostgreSql(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
