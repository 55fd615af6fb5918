package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineIT {
    private static final long SMALL_HEAP = 112L << 20;

    @TempDir
    private Path directory;

    @Test
    void keepsItsCacheToAPartOfTheHeap() {
        assertThat(EmbeddedEngine.cacheKilobytes(SMALL_HEAP)).isEqualTo(14 * 1024);
        assertThat(EmbeddedEngine.cacheKilobytes(64L << 30)).isEqualTo(64 * 1024);
    }

    @Test
    void tellsTheDatabaseSo() throws SQLException {
        try (Connection connection = EmbeddedEngine.in(directory).connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'info.CACHE_MAX_SIZE'")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getLong(1))
                    .isEqualTo(
                            EmbeddedEngine.cacheKilobytes(Runtime.getRuntime().maxMemory()) / 1024);
        }
    }
}
