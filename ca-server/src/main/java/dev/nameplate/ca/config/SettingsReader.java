package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.PendingRequests;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.authority.RotationTerms;
import dev.nameplate.ca.canary.CanarySettings;
import dev.nameplate.ca.device.AttemptLimits;
import dev.nameplate.ca.device.AttemptLimits.Allowance;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.edge.est.ServedLabel;
import dev.nameplate.ca.ocsp.OcspSettings;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.revocation.bulk.BulkSettings;
import dev.nameplate.ca.rotation.RotationSettings;
import dev.nameplate.ca.store.DatabaseSettings;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns {@code nameplate.yaml} into settings, or into the list of everything that is wrong with it. */
public final class SettingsReader {
    private static final SettingsFile.Doors USUAL_DOORS = new SettingsFile.Doors(null, null, null);
    private static final SettingsFile.Database EMBEDDED = new SettingsFile.Database(null, null, null, null, null);
    private static final SettingsFile.Codes USUAL_CODES = new SettingsFile.Codes(null, null, null, null);
    private static final SettingsFile.CodeAttempts USUAL_ATTEMPTS =
            new SettingsFile.CodeAttempts(null, null, null, null);

    private static final SettingsFile.Approval USUAL_APPROVAL =
            new SettingsFile.Approval(null, null, null, null, null, null);
    private static final SettingsFile.Revocation USUAL_REVOCATION = new SettingsFile.Revocation(null, null, null);
    private static final SettingsFile.Ocsp USUAL_OCSP = new SettingsFile.Ocsp(null, null, null, null);

    private static final SettingsFile.Rollover USUAL_ROLLOVER = new SettingsFile.Rollover(null, null);
    private static final SettingsFile.Rotation USUAL_ROTATION = new SettingsFile.Rotation(null, null, null, null);

    private static final Duration CANARY_PAUSE = Duration.ofMillis(100);
    private static final String MESSAGES = "messages";

    private final Home home;
    private final Problems problems = new Problems();

    private SettingsReader(Home home) {
        this.home = home;
    }

    /** @throws SettingsException with everything that is wrong, each by its path */
    public static Settings read(Home home) {
        SettingsReader reader = new SettingsReader(home);
        return reader.settings(YamlFile.read(home.settings(), reader.problems));
    }

    private Settings settings(SettingsFile file) {
        Optional<DoorsSettings> doors =
                problems.at("doors", () -> new DoorsPart(problems).read(or(file.doors(), USUAL_DOORS)));
        var database = problems.at("database", () -> database(or(file.database(), EMBEDDED)));
        var tokens = problems.at("token", () -> tokens(file));
        Map<String, String> labelsOfTokens = labelsOfTokens(file);
        List<IssuerSettings> issuers = each(
                "issuers",
                file.issuers(),
                (name, issuer) -> new IssuerPart("issuers." + name, labelsOfTokens, problems).read(name, issuer));
        URI publicDoor = doors.map(whole -> whole.open().url()).orElse(URI.create("http://localhost"));
        Profiles profiles = profiles(file, publicDoor, issuers);
        Map<LabelName, ServedLabel> labels = labels(file, profiles);
        var codes = problems.at("codes", () -> codes(or(file.codes(), USUAL_CODES)));
        var attempts = problems.at(
                "codes", () -> attempts(or(or(file.codes(), USUAL_CODES).attempts(), USUAL_ATTEMPTS)));
        var approval = problems.at("approval", () -> approval(or(file.approval(), USUAL_APPROVAL)));
        var webhook = problems.at(
                "webhook", () -> Optional.ofNullable(file.webhook()).map(new WebhookPart(home, problems)::read));
        requireWebhook(file, profiles, labels);
        var interval = problems.at("audit", () -> sealInterval(file.audit()));
        var bulk = problems.at("revocation", () -> bulk(or(file.revocation(), USUAL_REVOCATION)));
        var ocsp = problems.at("ocsp", () -> ocsp(or(file.ocsp(), USUAL_OCSP)));
        var canary = problems.at("canary", () -> canary(Optional.ofNullable(file.canary()), profiles));
        var storm = problems.at("storm", () -> new StormPart(problems).read(file.storm()));
        var poll = problems.at("renewal-info", () -> StormPart.poll(file.renewalInfo()));
        var rotation = problems.at("rotation", () -> rotation(or(file.rotation(), USUAL_ROTATION)));
        var rollover = problems.at("rollover", () -> rollover(or(file.rollover(), USUAL_ROLLOVER)));
        problems.throwIfAny();
        return new Settings(
                doors.orElseThrow(),
                database.orElseThrow(),
                tokens.orElseThrow(),
                issuers,
                profiles,
                labels,
                new Settings.Admission(
                        codes.orElseThrow(),
                        attempts.orElseThrow(),
                        approval.orElseThrow(),
                        webhook.orElseThrow(),
                        storm.orElseThrow(),
                        poll.orElseThrow()),
                new Settings.Services(
                        interval.orElseThrow(),
                        bulk.orElseThrow(),
                        ocsp.orElseThrow(),
                        canary.orElseThrow(),
                        rotation.orElseThrow(),
                        rollover.orElseThrow()));
    }

    private Settings.Tokens tokens(SettingsFile file) {
        var part = new TokenPart(home, problems);
        Pkcs11Settings usual = part.read("token", problems.required("token", file.token()));
        List<Pkcs11Settings> others = file.tokens() == null
                ? List.of()
                : each("tokens", file.tokens(), (name, token) -> part.read("tokens." + name, token));
        long labels = Stream.concat(Stream.of(usual), others.stream())
                .map(Pkcs11Settings::tokenLabel)
                .distinct()
                .count();
        if (labels <= others.size()) {
            problems.add("tokens", "two tokens have the same label, by which keys are found again");
        }
        return new Settings.Tokens(usual, others);
    }

    private static Map<String, String> labelsOfTokens(SettingsFile file) {
        Map<String, String> labels = new TreeMap<>();
        if (file.tokens() != null) {
            file.tokens().forEach((name, token) -> labels.put(name, String.valueOf(token.label())));
        }
        return labels;
    }

    private static RotationTerms rollover(SettingsFile.Rollover rollover) {
        RotationTerms usual = RotationTerms.usual();
        return new RotationTerms(
                or(rollover.fetchedPercent(), usual.fetchedPercent()),
                duration("settle", rollover.settle(), usual.settle()));
    }

    private Profiles profiles(SettingsFile file, URI publicDoor, List<IssuerSettings> issuers) {
        Set<IssuerName> known = issuers.stream().map(IssuerSettings::name).collect(Collectors.toSet());
        List<Profile> profiles = each(
                "profiles",
                file.profiles(),
                (name, profile) -> new ProfilePart("profiles." + name, publicDoor, problems).read(name, profile));
        for (Profile profile : profiles) {
            if (!known.contains(profile.issuer())) {
                problems.add("profiles." + profile.name() + ".issuer", profile.issuer() + " is not among issuers");
            }
        }
        for (String own : List.of("operator", "station", "door", "audit", "responder")) {
            if (file.profiles() == null || !file.profiles().containsKey(own)) {
                problems.add("profiles." + own, "is missing; the CA itself needs it");
            }
        }
        profiles.stream()
                .filter(profile -> profile.name().value().equals("responder"))
                .filter(profile -> !profile.usages().extendedKeyUsage().contains(ExtendedUse.OCSP_SIGNING))
                .forEach(profile -> problems.add(
                        "profiles.responder.usages.extended-key-usage",
                        "is not [OCSPSigning]; the CA's own OCSP responders are issued by this profile"));
        Optional<Profile> needsMessages = profiles.stream()
                .filter(profile -> profile.keys().serverMade().isPresent())
                .findFirst();
        if (needsMessages.isPresent()
                && profiles.stream().noneMatch(profile -> profile.name().value().equals(MESSAGES))) {
            problems.add(
                    "profiles." + MESSAGES,
                    "is missing; it signs the keys that " + needsMessages.get().name() + " has made");
        }
        return new Profiles(profiles);
    }

    private Map<LabelName, ServedLabel> labels(SettingsFile file, Profiles profiles) {
        List<ServedLabel> labels = each(
                "labels",
                file.labels(),
                (name, label) -> new LabelPart("labels." + name, home, profiles, problems).read(name, label));
        Map<LabelName, ServedLabel> byName = new LinkedHashMap<>();
        labels.stream()
                .filter(label -> !label.options().cmc().isEmpty())
                .filter(label -> profiles.find(new ProfileName(MESSAGES)).isEmpty())
                .findFirst()
                .ifPresent(label -> problems.add(
                        "profiles." + MESSAGES,
                        "is missing; it signs the answers to CMC at label "
                                + label.label().name()));
        labels.forEach(label -> byName.put(label.label().name(), label));
        return byName;
    }

    private DatabaseSettings database(SettingsFile.Database database) {
        return new DatabaseSettings(
                Optional.ofNullable(database.url()),
                Optional.ofNullable(database.user()),
                Optional.ofNullable(database.passwordFile()).map(home::resolve),
                or(database.maxConnections(), 8),
                duration("pool-wait", database.poolWait(), Duration.ofSeconds(5)));
    }

    private static CodeSettings codes(SettingsFile.Codes codes) {
        CodeSettings usual = CodeSettings.defaults();
        return new CodeSettings(
                duration("default-validity", codes.defaultValidity(), usual.defaultValidity()),
                duration("max-validity", codes.maxValidity(), usual.maxValidity()),
                or(codes.maxLivePerDevice(), usual.maxLivePerDevice()));
    }

    private static AttemptLimits attempts(SettingsFile.CodeAttempts attempts) {
        AttemptLimits usual = AttemptLimits.defaults();
        Duration period = duration(
                "codes.attempts.period", attempts.period(), usual.perDevice().period());
        return new AttemptLimits(
                new Allowance(or(attempts.perDevice(), usual.perDevice().failures()), period),
                new Allowance(or(attempts.perSource(), usual.perSource().failures()), period),
                or(attempts.tracked(), usual.tracked()));
    }

    private void requireWebhook(SettingsFile file, Profiles profiles, Map<LabelName, ServedLabel> labels) {
        labels.values().stream()
                .filter(label -> label.label().terms().decision().by() == Decision.By.WEBHOOK)
                .filter(_ -> file.webhook() == null)
                .findFirst()
                .ifPresent(label -> problems.add(
                        "webhook", "is missing; label " + label.label().name() + " lets it decide"));
        if (file.webhook() != null
                && file.webhook().secretFile() == null
                && profiles.find(new ProfileName(MESSAGES)).isEmpty()) {
            problems.add("profiles." + MESSAGES, "is missing; it signs the questions to the webhook");
        }
    }

    private static ApprovalSettings approval(SettingsFile.Approval approval) {
        ApprovalSettings usual = ApprovalSettings.defaults();
        return new ApprovalSettings(
                duration("approval.lasts", approval.lasts(), usual.lasts()),
                duration("approval.kept", approval.kept(), usual.kept()),
                new PendingRequests.Bounds(
                        or(approval.maxWaiting(), usual.bounds().all()),
                        or(approval.maxWaitingPerDevice(), usual.bounds().perDevice())),
                new ApprovalSettings.Retry(
                        duration(
                                "approval.retry-first",
                                approval.retryFirst(),
                                usual.retry().first()),
                        duration(
                                "approval.retry-most",
                                approval.retryMost(),
                                usual.retry().most())));
    }

    private static Duration sealInterval(SettingsFile.@Nullable Audit audit) {
        return duration("seal-interval", audit == null ? null : audit.sealInterval(), Duration.ofMinutes(1));
    }

    private static BulkSettings bulk(SettingsFile.Revocation revocation) {
        BulkSettings usual = BulkSettings.defaults();
        return new BulkSettings(
                or(revocation.perSecond(), usual.perSecond()),
                or(revocation.approvalAbove(), usual.approvalAbove()),
                duration("final-after", revocation.finalAfter(), usual.finalAfter()));
    }

    private static Optional<CanarySettings> canary(Optional<SettingsFile.Canary> canary, Profiles profiles) {
        return canary.map(given -> {
            ProfileName profile = new ProfileName(or(given.profile(), "canary"));
            if (profiles.find(profile).isEmpty()) {
                throw new IllegalArgumentException("canary.profile is " + profile + ", which is not among profiles");
            }
            return new CanarySettings(
                    duration("interval", given.interval(), Duration.ofMinutes(15)),
                    profile,
                    duration("patience", given.patience(), Duration.ofMinutes(1)),
                    CANARY_PAUSE);
        });
    }

    private static RotationSettings rotation(SettingsFile.Rotation rotation) {
        RotationSettings usual = RotationSettings.defaults();
        return new RotationSettings(
                duration("ocsp-key", rotation.ocspKey(), usual.ocsp()),
                duration("audit-key", rotation.auditKey(), usual.audit()),
                duration("message-key", rotation.messageKey(), usual.messages()),
                duration("key-encryption-key", rotation.keyEncryptionKey(), usual.kek()));
    }

    private static OcspSettings ocsp(SettingsFile.Ocsp ocsp) {
        OcspSettings usual = OcspSettings.defaults();
        return new OcspSettings(
                duration("lasts", ocsp.lasts(), usual.lasts()),
                duration("max-age", ocsp.maxAge(), usual.maxAge()),
                or(ocsp.keptAnswers(), usual.kept()),
                or(ocsp.livePerSecond(), usual.livePerSecond()));
    }

    /** Reads every entry of a map that can be read; the problems of the others are noted. */
    private <F, T> List<T> each(String path, @Nullable Map<String, F> entries, BiFunction<String, F, T> read) {
        if (entries == null || entries.isEmpty()) {
            problems.add(path, "is missing");
            return List.of();
        }
        List<T> whole = new ArrayList<>();
        entries.forEach((name, entry) -> problems.at(
                        path + "." + name, () -> read.apply(name, problems.required(path + "." + name, entry)))
                .ifPresent(whole::add));
        return whole;
    }
}
