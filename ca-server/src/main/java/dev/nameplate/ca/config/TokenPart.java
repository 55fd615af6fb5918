package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import java.nio.file.Path;
import java.time.Duration;

/** {@code token}, and each of {@code tokens}. */
final class TokenPart {
    private final Home home;
    private final Problems problems;

    TokenPart(Home home, Problems problems) {
        this.home = home;
        this.problems = problems;
    }

    /** @param path of the part, as in {@code token} or {@code tokens.second} */
    Pkcs11Settings read(String path, SettingsFile.Token token) {
        String module = problems.required(path + ".module", token.module());
        String label = problems.required(path + ".label", token.label());
        Path pin = home.resolve(problems.required(path + ".pin-file", token.pinFile()));
        return problems.whole(problems.at(path, () -> settings(token, home.resolve(module), label, pin)));
    }

    private static Pkcs11Settings settings(SettingsFile.Token token, Path module, String label, Path pin) {
        return new Pkcs11Settings(
                module,
                label,
                () -> Secret.read(pin),
                or(token.maxSessions(), 8),
                or(token.maxWaiting(), 1000),
                duration("session-idle", token.sessionIdle(), Duration.ofMinutes(5)),
                duration("session-wait", token.sessionWait(), Duration.ofSeconds(5)),
                duration("recovery-interval", token.recoveryInterval(), Duration.ofSeconds(2)));
    }
}
