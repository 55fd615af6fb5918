package dev.nameplate.ca.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that run once on each database, every one of them with an empty database of its own. */
@ParameterizedClass
@EnumSource(OnBothDatabases.Engine.class)
abstract class OnBothDatabases {
    enum Engine {
        EMBEDDED,
        POSTGRES
    }

    @Parameter
    private Engine engine = Engine.EMBEDDED;

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = engine == Engine.EMBEDDED
                ? Database.open(DatabaseSettings.embedded(), directory)
                : Database.open(PostgresSettings.ofNew(), directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    final Database database() {
        return database;
    }
}
