package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.PostgreSql;
import dev.nameplate.acceptance.ProductHome;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/torture}. Ends with 1 if anything was lost. */
@Command(
        name = "torture",
        description = "Tries whether the product keeps its promises when its world breaks.",
        mixinStandardHelpOptions = true)
public final class Torture {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls a command
    private CommandSpec spec;

    private Torture() {}

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new Torture());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    /** Where the records are. */
    enum Database {
        H2,
        POSTGRESQL,
        BOTH;

        List<Database> each() {
            return this == BOTH ? List.of(H2, POSTGRESQL) : List.of(this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(name = "kill", description = "Kills the server (SIGKILL) under load and looks for what a client received.")
    int kill(
            @Option(names = "--rounds", defaultValue = "20", description = "kills per database") int rounds,
            @Option(names = "--clients", defaultValue = "16", description = "at once") int clients,
            @Option(names = "--database", defaultValue = "both", description = "h2, postgresql or both")
                    Database databases,
            @Option(names = "--seed", description = "of the instants, to try them again") @Nullable Long wish) {
        long seed = wish == null ? new SecureRandom().nextLong() : wish;
        List<String> faults = new ArrayList<>();
        for (Database database : databases.each()) {
            print("kill -9 on " + database + ", " + rounds + " rounds, " + clients + " clients, seed " + seed);
            KillTorture.Outcome outcome = killOn(database, rounds, clients, seed);
            faults.addAll(outcome.faults());
            print("%s: %d rounds, %d certificates received, %d faults"
                    .formatted(
                            database,
                            outcome.rounds(),
                            outcome.certificates(),
                            outcome.faults().size()));
        }
        return verdict(faults);
    }

    @Command(name = "token", description = "Takes the token away under load and gives it back.")
    int token(
            @Option(names = "--rounds", defaultValue = "5", description = "losses") int rounds,
            @Option(names = "--clients", defaultValue = "8", description = "at once") int clients) {
        try (ProductHome home = ProductHome.create()) {
            TokenTorture.Outcome outcome = new TokenTorture(home, clients, this::print).run(rounds);
            print("%d rounds, %d certificates received, %d times 503, %d faults"
                    .formatted(
                            outcome.rounds(),
                            outcome.certificates(),
                            outcome.turnedAway(),
                            outcome.faults().size()));
            return verdict(outcome.faults());
        }
    }

    @Command(
            name = "line",
            description = "A factory's line: lost replies, calls made twice, power cuts, a killed server.")
    int line(
            @Option(names = "--units", defaultValue = "1000", description = "to make") int units,
            @Option(names = "--stations", defaultValue = "8", description = "at once") int stations,
            @Option(names = "--kills", defaultValue = "10", description = "of the server") int kills,
            @Option(names = "--seed", description = "of what goes wrong, to try it again") @Nullable Long wish) {
        long seed = wish == null ? new SecureRandom().nextLong() : wish;
        print(units + " units on " + stations + " stations, " + kills + " kills, seed " + seed);
        try (ProductHome home = ProductHome.create()) {
            var size = new LineTorture.Size(stations, units, kills);
            LineTorture.Outcome outcome = new LineTorture(home, size, new Random(seed), this::print).run();
            print("%d units: %d verified, %d scrapped, %d faults"
                    .formatted(
                            outcome.units(),
                            outcome.verified(),
                            outcome.scrapped(),
                            outcome.faults().size()));
            return verdict(outcome.faults());
        }
    }

    private KillTorture.Outcome killOn(Database database, int rounds, int clients, long seed) {
        return switch (database) {
            case H2 -> killOn(Optional.empty(), rounds, clients, seed);
            case POSTGRESQL -> {
                try (PostgreSql server = PostgreSql.start()) {
                    yield killOn(Optional.of(server), rounds, clients, seed);
                }
            }
            case BOTH -> throw new IllegalArgumentException("one at a time");
        };
    }

    private KillTorture.Outcome killOn(Optional<PostgreSql> database, int rounds, int clients, long seed) {
        try (ProductHome home = ProductHome.create(database)) {
            return new KillTorture(home, clients, new Random(seed), this::print).run(rounds);
        }
    }

    private int verdict(List<String> faults) {
        faults.forEach(fault -> print("FAULT " + fault));
        print(faults.isEmpty() ? "nothing was lost" : faults.size() + " faults");
        return faults.isEmpty() ? 0 : 1;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
