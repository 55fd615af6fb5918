package dev.nameplate.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/torture storm}: a fleet that re-enrols at once. Ends with 1 if a promise was not kept. */
@Command(name = "storm", description = "Has a whole fleet re-enrol at once.", mixinStandardHelpOptions = true)
public final class StormRun implements Callable<Integer> {
    @Option(names = "--devices", defaultValue = "100000", description = "how many (${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--per-second", defaultValue = "1000", description = "storm.per-second (${DEFAULT-VALUE})")
    private int perSecond;

    @Option(
            names = "--nearly-expired",
            defaultValue = "10",
            description = "percent of the devices that are (${DEFAULT-VALUE})")
    private int nearlyExpired;

    @Option(
            names = "--connections",
            defaultValue = "1000",
            description = "that are open at once; the others have not got that far (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--minutes", defaultValue = "30", description = "until it is given up (${DEFAULT-VALUE})")
    private int minutes;

    @Option(names = "--checkout", required = true, hidden = true)
    private Path checkout = Path.of("");

    private StormRun() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new StormRun()).execute(arguments));
    }

    @Override
    public Integer call() {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            Product product = Product.init(new Commands(checkout, scratch), scratch, cleanup, Optional.empty());
            product.changeSettings(settings ->
                    settings.replace("per-second: 5000               # of", "per-second: " + perSecond + " # of"));
            System.out.println(devices + " devices at once, " + nearlyExpired + " % of them nearly expired, against "
                    + perSecond + " a second");
            StormOutcome outcome =
                    new Storm(new Site(product)).run(devices, nearlyExpired, connections, Duration.ofMinutes(minutes));
            outcome.lines().forEach(System.out::println);
            return verdict(outcome.faults());
        }
    }

    private static int verdict(List<String> faults) {
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "every promise was kept" : faults.size() + " faults");
        return faults.isEmpty() ? 0 : 1;
    }

    private record Site(Product product) implements StormSite {
        @Override
        public Path home() {
            return product.home();
        }

        @Override
        public InetSocketAddress door() {
            return product.target().address();
        }

        @Override
        public String run(String... words) {
            return product.command(words);
        }

        @Override
        public Running serve() {
            Child server = product.serve();
            return new Running() {
                @Override
                public long pid() {
                    return server.pid();
                }

                @Override
                public void close() {
                    server.stop();
                }
            };
        }
    }
}
