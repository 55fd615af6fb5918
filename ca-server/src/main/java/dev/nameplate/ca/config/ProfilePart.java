package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.FOREVER;
import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Locations;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Renewal;
import dev.nameplate.ca.policy.ServerKeys;
import dev.nameplate.ca.policy.SubjectAltTemplate;
import dev.nameplate.ca.policy.SubjectKeys;
import dev.nameplate.ca.policy.SubjectTemplate;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.policy.Validity;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of {@code profiles}. */
final class ProfilePart {
    private static final SettingsFile.Usages NO_USAGES = new SettingsFile.Usages(null, null, null, null);
    private static final SettingsFile.Locations NO_LOCATIONS = new SettingsFile.Locations(null, null, null, null, null);
    private static final String PUBLIC_DOOR = "${public}";

    private final String path;
    private final URI publicDoor;
    private final Problems problems;

    ProfilePart(String path, URI publicDoor, Problems problems) {
        this.path = path;
        this.publicDoor = publicDoor;
        this.problems = problems;
    }

    Profile read(String name, SettingsFile.Profile profile) {
        return problems.whole(problems.at(path, () -> whole(name, profile)));
    }

    private Profile whole(String name, SettingsFile.Profile profile) {
        return new Profile(
                new ProfileName(name),
                new IssuerName(problems.required(path + ".issuer", profile.issuer())),
                keys(problems.required(path + ".keys", profile.keys())),
                validity(profile),
                subject(profile),
                usages(profile),
                locations(profile),
                renewal(profile.renewal()));
    }

    private SubjectKeys keys(SettingsFile.Keys keys) {
        Set<KeyAlgorithm> allowed = set(problems.required(path + ".keys.allowed", keys.allowed()), KeyAlgorithm::parse);
        return new SubjectKeys(allowed, Optional.ofNullable(keys.serverMade()).map(this::serverKeys));
    }

    private ServerKeys serverKeys(SettingsFile.ServerMade made) {
        String key = path + ".keys.server-made";
        return new ServerKeys(
                KeyAlgorithm.parse(problems.required(key + ".key", made.key())),
                set(problems.required(key + ".delivery", made.delivery()), ServerKeys.Delivery::parse),
                duration("keys.server-made.again", made.again(), Duration.ZERO));
    }

    private Validity validity(SettingsFile.Profile profile) {
        SettingsFile.Validity validity = problems.required(path + ".validity", profile.validity());
        String lasts = problems.required(path + ".validity.lasts", validity.lasts());
        Duration backdate = duration("validity.backdate", validity.backdate(), Validity.USUAL_BACKDATE);
        if (lasts.equals(FOREVER)) {
            return new Validity.Until(Validity.FOREVER, backdate);
        }
        return new Validity.Lasting(
                duration("validity.lasts", lasts),
                backdate,
                duration("validity.jitter", validity.jitter(), Duration.ZERO));
    }

    private static Renewal renewal(SettingsFile.@Nullable Renewal renewal) {
        return renewal == null
                ? new Renewal(Duration.ZERO, Duration.ZERO)
                : new Renewal(
                        duration("renewal.window", renewal.window(), Duration.ZERO),
                        duration("renewal.grace", renewal.grace(), Duration.ZERO),
                        Renewal.Early.parse(or(renewal.early(), "renewed")),
                        Renewal.NamesChange.parse(or(renewal.names(), "registered")));
    }

    private static Profile.Subject subject(SettingsFile.Profile profile) {
        SubjectTemplate name =
                profile.subject() == null ? SubjectTemplate.EMPTY : SubjectTemplate.parse(profile.subject());
        return new Profile.Subject(name, alternatives(profile.subjectAltNames()));
    }

    private static SubjectAltTemplate alternatives(SettingsFile.@Nullable SubjectAltNames names) {
        if (names == null) {
            return SubjectAltTemplate.NONE;
        }
        return new SubjectAltTemplate(
                or(names.dns(), List.of()),
                or(names.ip(), List.of()),
                or(names.uri(), List.of()),
                or(names.email(), List.of()),
                Optional.ofNullable(names.hardwareModule())
                        .map(module ->
                                new SubjectAltTemplate.HardwareModule(or(module.type(), ""), or(module.serial(), ""))));
    }

    private static Usages usages(SettingsFile.Profile profile) {
        SettingsFile.Usages usages = or(profile.usages(), NO_USAGES);
        return new Usages(
                set(or(usages.keyUsage(), List.of()), KeyUse::parse),
                set(or(usages.extendedKeyUsage(), List.of()), ExtendedUse::parse),
                or(usages.saysNoCa(), false),
                or(usages.ocspNoCheck(), false));
    }

    private Locations locations(SettingsFile.Profile profile) {
        SettingsFile.Locations locations = or(profile.locations(), NO_LOCATIONS);
        return new Locations(
                or(locations.policies(), List.of()),
                urls(locations.crlUrls()),
                or(locations.crlShards(), 0),
                urls(locations.caIssuersUrls()),
                urls(locations.ocspUrls()));
    }

    private List<String> urls(@Nullable List<String> urls) {
        return or(urls, List.<String>of()).stream()
                .map(url -> url.replace(PUBLIC_DOOR, publicDoor.toString()))
                .toList();
    }

    private static <T> Set<T> set(List<String> words, Function<String, T> parse) {
        return words.stream().map(parse).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
