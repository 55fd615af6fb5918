package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.FOREVER;
import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.KeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One of {@code issuers}. */
final class IssuerPart {
    private final String path;
    private final Map<String, String> tokens;
    private final Problems problems;

    /** @param tokens their labels, by the names that they have in the settings */
    IssuerPart(String path, Map<String, String> tokens, Problems problems) {
        this.path = path;
        this.tokens = tokens;
        this.problems = problems;
    }

    IssuerSettings read(String name, SettingsFile.Issuer issuer) {
        return problems.whole(problems.at(
                path,
                () -> new IssuerSettings(
                        new IssuerName(name),
                        problems.required(path + ".subject", issuer.subject()),
                        key(problems.required(path + ".key", issuer.key())),
                        validity(problems.required(path + ".validity", issuer.validity())),
                        issuer.pathLength() == null ? OptionalInt.empty() : OptionalInt.of(issuer.pathLength()),
                        origin(issuer),
                        crl(issuer.crl()),
                        token(issuer))));
    }

    private Optional<String> token(SettingsFile.Issuer issuer) {
        return Optional.ofNullable(issuer.token())
                .map(name -> Optional.ofNullable(tokens.get(name))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "token is not one of tokens " + tokens.keySet() + ": " + name)));
    }

    private static CrlTerms crl(SettingsFile.@Nullable Crl crl) {
        CrlTerms usual = CrlTerms.usual();
        return crl == null
                ? usual
                : new CrlTerms(
                        duration("crl.lasts", crl.lasts(), usual.lasts()),
                        duration("crl.every", crl.every(), usual.every()));
    }

    private static Optional<Duration> validity(String text) {
        return text.equals(FOREVER) ? Optional.empty() : Optional.of(duration("validity", text));
    }

    private static IssuerSettings.Origin origin(SettingsFile.Issuer issuer) {
        if (or(issuer.external(), false)) {
            if (issuer.parent() != null) {
                throw new IllegalArgumentException("external and parent exclude each other: who signs it?");
            }
            return new IssuerSettings.Origin.Elsewhere();
        }
        return issuer.parent() == null
                ? new IssuerSettings.Origin.ItsOwnKey()
                : new IssuerSettings.Origin.Parent(new IssuerName(issuer.parent()));
    }

    private static KeySpec key(String text) {
        for (KeySpec spec : KeySpec.values()) {
            if (word(spec).equals(text)) {
                return spec;
            }
        }
        List<String> words =
                Arrays.stream(KeySpec.values()).map(IssuerPart::word).toList();
        throw new IllegalArgumentException("key is not one of " + words + ": " + text);
    }

    private static String word(KeySpec spec) {
        return spec.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
