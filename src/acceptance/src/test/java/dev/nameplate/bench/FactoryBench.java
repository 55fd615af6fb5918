package dev.nameplate.bench;

import java.util.List;

/** {@code scripts/bench factory}: what a factory's units cost. */
public final class FactoryBench {
    private FactoryBench() {}

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, FactoryBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            Commands commands = new Commands(options.checkout, scratch);
            Report report = new Report("factory", Machine.look(commands));
            addInjection(options, report, InjectionRate.measure(commands, scratch, options.windows, options.window()));
            report.publish(options.checkout.resolve("bench-results"));
            return 0;
        }
    }

    private static void addInjection(Options options, Report report, List<InjectionRate> rates) {
        if (rates.size() != options.windows) {
            throw new IllegalStateException("the measuring program did not come to its end");
        }
        Spread token = Spread.of(
                rates.stream().mapToDouble(InjectionRate::tokenPerSecond).toArray());
        Spread port = Spread.of(
                rates.stream().mapToDouble(InjectionRate::portPerSecond).toArray());
        report.add(Figure.of("token alone: key made, wrapped, destroyed; one signature", "/s", token));
        report.add(Figure.of("the same by the product's vault", "/s", port)
                .atLeast(token.median() / 2, "half of the token's")
                .beside("token alone", token.median()));
    }
}
