package dev.nameplate.bench;

import dev.nameplate.bench.Nginx.Handshakes;
import java.time.Duration;
import java.util.List;

/** What the figures stand beside, measured in the same run. */
record References(Nginx.Result nginx, List<TokenRate> token, OpensslSpeed openssl) {
    static References measure(Commands commands, Scratch scratch, Cleanup cleanup, Options options) {
        Duration window = options.window().dividedBy(2).plusSeconds(1);
        return new References(
                new Nginx(commands, scratch, cleanup).measure(options, window),
                TokenRate.measure(commands, scratch, options.windows, Duration.ofSeconds(2)),
                OpensslSpeed.measure(commands));
    }

    Spread handshakesPerSecond() {
        return Spread.of(
                nginx.byOpenssl().stream().mapToDouble(Handshakes::perSecond).toArray());
    }

    Spread handshakeCpuMillis() {
        return Spread.of(
                nginx.byOpenssl().stream().mapToDouble(Handshakes::cpuMillis).toArray());
    }

    Spread handshakesPerSecondByThisClient() {
        return Spread.of(
                nginx.byThisClient().stream().mapToDouble(Handshakes::perSecond).toArray());
    }

    Spread handshakeCpuMillisByThisClient() {
        return Spread.of(
                nginx.byThisClient().stream().mapToDouble(Handshakes::cpuMillis).toArray());
    }

    Spread signaturesPerSecond() {
        return Spread.of(token.stream().mapToDouble(TokenRate::perSecond).toArray());
    }

    Spread signatureCpuMillis() {
        return Spread.of(
                token.stream().mapToDouble(rate -> rate.cpuMicros() / 1000).toArray());
    }

    void addTo(Report report) {
        report.add(Figure.of("nginx: mutual handshakes", "/s", handshakesPerSecond()));
        report.add(Figure.of("nginx: CPU per mutual handshake", "ms", handshakeCpuMillis()));
        report.add(Figure.of("nginx: the same by this client", "/s", handshakesPerSecondByThisClient()));
        report.add(Figure.of("nginx: CPU of that", "ms", handshakeCpuMillisByThisClient()));
        report.add(Figure.of("token: P-256 signatures", "/s", signaturesPerSecond()));
        report.add(Figure.of("token: CPU per signature", "ms", signatureCpuMillis()));
        report.add(Figure.of("openssl: operations of an enrolment", "ms", Spread.of(openssl.enrolmentMicros() / 1000)));
        report.add(Figure.of(
                "openssl: the same without its handshake", "ms", Spread.of(openssl.keptAliveMicros() / 1000)));
    }
}
