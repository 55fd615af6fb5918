package dev.nameplate.ca.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nameplate.yaml} as it is written: every key there is, nothing checked yet but the shape. */
final class SettingsFile {
    static final SettingsFile EMPTY = new SettingsFile();

    @JsonProperty
    private @Nullable Doors doors;

    @JsonProperty
    private @Nullable Database database;

    @JsonProperty
    private @Nullable Token token;

    @JsonProperty
    private @Nullable Map<String, Token> tokens;

    @JsonProperty
    private @Nullable Map<String, Issuer> issuers;

    @JsonProperty
    private @Nullable Rollover rollover;

    @JsonProperty
    private @Nullable Map<String, Profile> profiles;

    @JsonProperty
    private @Nullable Map<String, Label> labels;

    @JsonProperty
    private @Nullable Codes codes;

    @JsonProperty
    private @Nullable Approval approval;

    @JsonProperty
    private @Nullable Webhook webhook;

    @JsonProperty
    private @Nullable Audit audit;

    @JsonProperty
    private @Nullable Revocation revocation;

    @JsonProperty
    private @Nullable Ocsp ocsp;

    @JsonProperty
    private @Nullable Canary canary;

    @JsonProperty
    private @Nullable Storm storm;

    @JsonProperty
    private @Nullable RenewalInfo renewalInfo;

    @JsonProperty
    private @Nullable Rotation rotation;

    @Nullable
    Doors doors() {
        return doors;
    }

    @Nullable
    Database database() {
        return database;
    }

    @Nullable
    Token token() {
        return token;
    }

    @Nullable
    Map<String, Token> tokens() {
        return tokens;
    }

    @Nullable
    Rollover rollover() {
        return rollover;
    }

    @Nullable
    Map<String, Issuer> issuers() {
        return issuers;
    }

    @Nullable
    Map<String, Profile> profiles() {
        return profiles;
    }

    @Nullable
    Map<String, Label> labels() {
        return labels;
    }

    @Nullable
    Codes codes() {
        return codes;
    }

    @Nullable
    Approval approval() {
        return approval;
    }

    @Nullable
    Webhook webhook() {
        return webhook;
    }

    @Nullable
    Audit audit() {
        return audit;
    }

    @Nullable
    Revocation revocation() {
        return revocation;
    }

    @Nullable
    Ocsp ocsp() {
        return ocsp;
    }

    @Nullable
    Canary canary() {
        return canary;
    }

    @Nullable
    Storm storm() {
        return storm;
    }

    @Nullable
    RenewalInfo renewalInfo() {
        return renewalInfo;
    }

    @Nullable
    Rotation rotation() {
        return rotation;
    }

    /** {@code public} is a word of Java. */
    record Doors(
            @Nullable Door device,
            @JsonProperty("public") @Nullable Door open,
            @Nullable Door operator) {}

    /** {@code names} and {@code tls} are for HTTPS doors, {@code url} is for the public one. */
    record Door(
            @Nullable String bind,
            @Nullable Integer port,
            @Nullable List<String> names,
            @Nullable String tls,
            @Nullable String url,
            @Nullable Requests requests,
            @Nullable Connections connections) {}

    record Requests(
            @Nullable Integer maxBodyBytes,
            @Nullable Integer maxHeaderBytes,
            @Nullable Integer maxPathBytes,
            @Nullable String arrivalTime) {}

    record Connections(
            @Nullable Integer maxConnections,
            @Nullable Integer maxConcurrentRequests,
            @Nullable Integer acceptQueue,
            @Nullable Integer maxHandshakes,
            @Nullable String idleTime) {}

    record Database(
            @Nullable String url,
            @Nullable String user,
            @Nullable String passwordFile,
            @Nullable Integer maxConnections,
            @Nullable String poolWait) {}

    record Token(
            @Nullable String module,
            @Nullable String label,
            @Nullable String pinFile,
            @Nullable Integer maxSessions,
            @Nullable Integer maxWaiting,
            @Nullable String sessionIdle,
            @Nullable String sessionWait,
            @Nullable String recoveryInterval) {}

    record Issuer(
            @Nullable String subject,
            @Nullable String parent,
            @Nullable String key,
            @Nullable String validity,
            @Nullable Integer pathLength,
            @Nullable Boolean external,
            @Nullable Crl crl,
            @Nullable String token) {}

    record Rollover(
            @Nullable Integer fetchedPercent, @Nullable String settle) {}

    record Crl(@Nullable String lasts, @Nullable String every) {}

    record Profile(
            @Nullable String issuer,
            @Nullable Keys keys,
            @Nullable Validity validity,
            @Nullable String subject,
            @Nullable SubjectAltNames subjectAltNames,
            @Nullable Usages usages,
            @Nullable Locations locations,
            @Nullable Renewal renewal) {}

    /** Where nothing but the kinds of keys is said, they are a mere list. */
    record Keys(@Nullable List<String> allowed, @Nullable ServerMade serverMade) {
        @JsonCreator
        Keys {}

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Keys listed(List<String> allowed) {
            return new Keys(allowed, null);
        }
    }

    record ServerMade(
            @Nullable String key,
            @Nullable List<String> delivery,
            @Nullable String again) {}

    /** {@code lasts} is a duration, or {@code forever}. */
    record Validity(
            @Nullable String lasts,
            @Nullable String backdate,
            @Nullable String jitter) {}

    record Usages(
            @Nullable List<String> keyUsage,
            @Nullable List<String> extendedKeyUsage,
            @Nullable Boolean saysNoCa,
            @Nullable Boolean ocspNoCheck) {}

    record Locations(
            @Nullable List<String> policies,
            @Nullable List<String> crlUrls,
            @Nullable Integer crlShards,
            @Nullable List<String> caIssuersUrls,
            @Nullable List<String> ocspUrls) {}

    record Renewal(
            @Nullable String window,
            @Nullable String grace,
            @Nullable String early,
            @Nullable String names) {}

    record SubjectAltNames(
            @Nullable List<String> dns,
            @Nullable List<String> ip,
            @Nullable List<String> uri,
            @Nullable List<String> email,
            @Nullable HardwareModule hardwareModule) {}

    record HardwareModule(@Nullable String type, @Nullable String serial) {}

    /** Too many for a record. */
    static final class Label {
        @JsonProperty
        private @Nullable String profile;

        @JsonProperty
        private @Nullable List<String> ways;

        @JsonProperty
        private @Nullable String base64;

        @JsonProperty
        private @Nullable String csrAttributes;

        @JsonProperty
        private @Nullable String linking;

        @JsonProperty
        private @Nullable List<String> cmc;

        @JsonProperty
        private @Nullable Decision decision;

        @JsonProperty
        private @Nullable String attestation;

        @JsonProperty
        private @Nullable String digestChallenge;

        @JsonProperty
        private @Nullable String raNames;

        @JsonProperty
        private @Nullable Map<String, Manufacturer> manufacturers;

        @Nullable
        String profile() {
            return profile;
        }

        @Nullable
        List<String> ways() {
            return ways;
        }

        @Nullable
        String base64() {
            return base64;
        }

        @Nullable
        String csrAttributes() {
            return csrAttributes;
        }

        @Nullable
        String linking() {
            return linking;
        }

        @Nullable
        List<String> cmc() {
            return cmc;
        }

        @Nullable
        String raNames() {
            return raNames;
        }

        @Nullable
        String digestChallenge() {
            return digestChallenge;
        }

        @Nullable
        String attestation() {
            return attestation;
        }

        @Nullable
        Decision decision() {
            return decision;
        }

        @Nullable
        Map<String, Manufacturer> manufacturers() {
            return manufacturers;
        }
    }

    /** Where only who decides is said, it is a mere word. */
    record Decision(@Nullable String by, @Nullable List<String> on) {
        @JsonCreator
        Decision {}

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Decision by(String by) {
            return new Decision(by, null);
        }
    }

    record Manufacturer(
            @Nullable String certificateFile,
            @Nullable String identity,
            @Nullable Boolean register) {}

    record Codes(
            @Nullable String defaultValidity,
            @Nullable String maxValidity,
            @Nullable Integer maxLivePerDevice,
            @Nullable CodeAttempts attempts) {}

    record CodeAttempts(
            @Nullable Integer perDevice,
            @Nullable Integer perSource,
            @Nullable String period,
            @Nullable Integer tracked) {}

    /** How requests wait for an operator, at labels where one decides. */
    record Approval(
            @Nullable String lasts,
            @Nullable String kept,
            @Nullable Integer maxWaiting,
            @Nullable Integer maxWaitingPerDevice,
            @Nullable String retryFirst,
            @Nullable String retryMost) {}

    /** Who decides, at labels where a webhook does; {@code failures} after each other, and it is left alone for the {@code pause}. */
    record Webhook(
            @Nullable String url,
            @Nullable String trustFile,
            @Nullable String secretFile,
            @Nullable String patience,
            @Nullable Integer maxAtOnce,
            @Nullable Integer failures,
            @Nullable String pause) {}

    record Audit(@Nullable String sealInterval) {}

    record RenewalInfo(@Nullable String poll) {}

    record Storm(
            @Nullable Integer perSecond,
            @Nullable Integer atWork,
            @Nullable Integer waiting,
            @Nullable String patience,
            @Nullable Integer nearlyExpired,
            @Nullable String longestWait,
            @Nullable PerDevice perDevice,
            @Nullable Map<String, Cohort> cohorts) {}

    record PerDevice(
            @Nullable Integer requests,
            @Nullable String period,
            @Nullable Integer tracked) {}

    record Cohort(
            @Nullable String label,
            @Nullable String profile,
            @Nullable String issuer,
            @Nullable Integer perSecond) {}

    record Canary(
            @Nullable String interval,
            @Nullable String profile,
            @Nullable String patience) {}

    record Rotation(
            @Nullable String ocspKey,
            @Nullable String auditKey,
            @Nullable String messageKey,
            @Nullable String keyEncryptionKey) {}

    record Revocation(
            @Nullable Integer perSecond,
            @Nullable Integer approvalAbove,
            @Nullable String finalAfter) {}

    record Ocsp(
            @Nullable String lasts,
            @Nullable String maxAge,
            @Nullable Integer keptAnswers,
            @Nullable Integer livePerSecond) {}
}
