package dev.nameplate.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a run may be told. */
@Command(name = "scripts/bench", sortOptions = false, mixinStandardHelpOptions = true)
final class Options implements Callable<Integer> {
    enum Choice {
        H2,
        POSTGRESQL,
        BOTH
    }

    @Option(names = "--database", defaultValue = "both", description = "h2, postgresql or both (${DEFAULT-VALUE})")
    Choice database = Choice.BOTH;

    @Option(names = "--warm-up", defaultValue = "10", description = "least seconds before measuring (${DEFAULT-VALUE})")
    int warmUpSeconds;

    @Option(
            names = "--warm-up-requests",
            defaultValue = "10000",
            description = "least requests before measuring (${DEFAULT-VALUE})")
    int warmUpRequests;

    @Option(names = "--window", defaultValue = "6", description = "seconds of one window (${DEFAULT-VALUE})")
    int windowSeconds;

    @Option(
            names = "--windows",
            defaultValue = "3",
            description = "windows, of which the median counts (${DEFAULT-VALUE})")
    int windows;

    @Option(names = "--clients", defaultValue = "16", description = "clients that shake hands (${DEFAULT-VALUE})")
    int clients;

    @Option(names = "--connections", defaultValue = "32", description = "connections kept alive (${DEFAULT-VALUE})")
    int connections;

    @Option(
            names = "--entries",
            split = ",",
            defaultValue = "1000000,10000000",
            description = "crl: how many are revoked; more than 2,000,000 on PostgreSQL alone (${DEFAULT-VALUE})")
    List<Integer> entries = List.of();

    @Option(
            names = "--shards",
            split = ",",
            defaultValue = "1,128,1024",
            description = "crl: into how many the CRL is split (${DEFAULT-VALUE})")
    List<Integer> shards = List.of();

    @Option(
            names = "--lag",
            defaultValue = "15",
            description = "crl: seconds of revoking one by one in each case (${DEFAULT-VALUE})")
    int lagSeconds;

    @Option(
            names = "--certificates",
            defaultValue = "1000000",
            description = "ocsp: how many are on record (${DEFAULT-VALUE})")
    int certificates;

    @Option(names = "--profile", description = "also record where the server's CPU time goes (slows it a little)")
    boolean profile;

    @Option(names = "--checkout", required = true, hidden = true)
    Path checkout = Path.of("");

    private final Function<Options, Integer> work;

    private Options(Function<Options, Integer> work) {
        this.work = work;
    }

    static int run(String[] arguments, Function<Options, Integer> work) {
        return new CommandLine(new Options(work))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public Integer call() {
        return work.apply(this);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    Duration window() {
        return Duration.ofSeconds(windowSeconds);
    }

    List<Choice> databases() {
        return database == Choice.BOTH ? List.of(Choice.H2, Choice.POSTGRESQL) : List.of(database);
    }
}
