package dev.nameplate.bench;

import dev.nameplate.bench.Options.Choice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The databases a run measures on. */
record Database(String name, Optional<Postgres> postgres) {
    /** Starts what is needed; PostgreSQL is left out where it is not installed and was not asked for by name. */
    static List<Database> of(Options options, Commands commands, Scratch scratch, Cleanup cleanup, Report report) {
        List<Database> databases = new ArrayList<>();
        if (options.database != Choice.POSTGRESQL) {
            databases.add(new Database("H2", Optional.empty()));
        }
        if (options.database != Choice.H2) {
            Optional<Path> programs = Postgres.programs();
            if (programs.isPresent()) {
                Postgres postgres = Postgres.start(commands, scratch, cleanup, programs.get());
                report.note(postgres.version());
                databases.add(new Database("PostgreSQL", Optional.of(postgres)));
            } else if (options.database == Choice.POSTGRESQL) {
                throw new IllegalStateException("PostgreSQL is not installed; on Debian: apt-get install postgresql");
            } else {
                report.note("PostgreSQL is not installed, so it was left out; on Debian: apt-get install postgresql");
            }
        }
        return databases;
    }
}
