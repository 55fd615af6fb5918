package dev.nameplate.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load by wrk: the requests of a file, over and over, on connections kept alive. */
final class Wrk {
    private static final Pattern DONE = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern WRONG = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Duration STEP = Duration.ofSeconds(4);
    private static final int MOST_STEPS = 6;
    private static final double STABLE = 0.05;

    private final Commands commands;
    private final Scratch scratch;
    private final Options options;
    private final Path script;

    /** What one run found. */
    record Run(double perSecond, double cpuMicros) {}

    Wrk(Commands commands, Scratch scratch, Options options) {
        this.commands = commands;
        this.scratch = scratch;
        this.options = options;
        this.script = scratch.write("ocsp.lua", """
                local requests, at = {}, 0
                local function octets(hex)
                    return (hex:gsub("..", function(digits) return string.char(tonumber(digits, 16)) end))
                end
                function init(arguments)
                    for line in io.lines(arguments[2]) do
                        if arguments[1] == "POST" then
                            local headers = { ["Content-Type"] = "application/ocsp-request", ["Host"] = "localhost" }
                            requests[#requests + 1] = wrk.format("POST", "/ocsp", headers, octets(line))
                        else
                            requests[#requests + 1] = wrk.format("GET", line)
                        end
                    end
                end
                function request()
                    at = at % #requests + 1
                    return requests[at]
                end
                """);
    }

    /** Paths of GETs, or bodies of POSTs in hexadecimal, one a line. */
    record Requests(String method, Path file) {}

    Requests requests(String name, String method, String lines) {
        return new Requests(method, scratch.write(name, lines));
    }

    /** Warms up until the CPU time of a request hardly changes any more, then measures. */
    List<Run> measure(int port, Requests requests, Supplier<Duration> cpu) {
        double before = Double.MAX_VALUE;
        for (int step = 0; step < MOST_STEPS; step++) {
            Run run = run(port, requests, STEP, cpu);
            boolean warm = STEP.multipliedBy(step + 1L).compareTo(options.warmUp()) >= 0;
            if (warm && Math.abs(run.cpuMicros() - before) <= STABLE * run.cpuMicros()) {
                break;
            }
            before = run.cpuMicros();
        }
        return windows(port, requests, cpu);
    }

    /** For a program that compiles nothing while it runs, and so needs no warming up. */
    List<Run> windows(int port, Requests requests, Supplier<Duration> cpu) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < options.windows; i++) {
            runs.add(run(port, requests, options.window(), cpu));
        }
        return runs;
    }

    static Spread cpuMicros(List<Run> runs) {
        return Spread.of(runs.stream().mapToDouble(Run::cpuMicros).toArray());
    }

    static Spread perSecond(List<Run> runs) {
        return Spread.of(runs.stream().mapToDouble(Run::perSecond).toArray());
    }

    private Run run(int port, Requests requests, Duration time, Supplier<Duration> cpu) {
        Duration before = cpu.get();
        String output = commands.run(
                Map.of(),
                List.of(
                        "wrk",
                        "-t1",
                        "-c" + options.connections,
                        "-d" + time.toSeconds(),
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port,
                        "--",
                        requests.method(),
                        requests.file().toString()));
        Duration spent = cpu.get().minus(before);
        if (WRONG.matcher(output).find()) {
            throw new IllegalStateException("not every answer was one:\n" + output);
        }
        double done = number(DONE, output);
        Run run = new Run(number(RATE, output), spent.toNanos() / 1e3 / done);
        System.err.printf("  %.0f/s, server CPU %.1f us%n", run.perSecond(), run.cpuMicros());
        return run;
    }

    private static double number(Pattern pattern, String output) {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("wrk did not say how many requests it made:\n" + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
