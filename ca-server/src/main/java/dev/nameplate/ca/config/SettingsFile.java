package dev.nameplate.ca.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nameplate.yaml} as it is written: every key there is, nothing checked yet but the shape. */
record SettingsFile(
        @Nullable Doors doors,
        @Nullable Database database,
        @Nullable Token token,
        @Nullable Map<String, Issuer> issuers,
        @Nullable Map<String, Profile> profiles,
        @Nullable Map<String, Label> labels,
        @Nullable Codes codes,
        @Nullable Limits limits,
        @Nullable Audit audit) {

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
            @Nullable Integer maxBodyBytes,
            @Nullable Integer maxHeaderBytes,
            @Nullable Integer maxPathBytes,
            @Nullable String arrivalTime,
            @Nullable Integer maxConnections,
            @Nullable Integer maxConcurrentRequests,
            @Nullable Integer acceptQueue,
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
            @Nullable Boolean external) {}

    record Profile(
            @Nullable String issuer,
            @Nullable List<String> keys,
            @Nullable String validity,
            @Nullable String backdate,
            @Nullable String jitter,
            @Nullable String subject,
            @Nullable SubjectAltNames subjectAltNames,
            @Nullable List<String> keyUsage,
            @Nullable List<String> extendedKeyUsage,
            @Nullable List<String> policies,
            @Nullable List<String> crlUrls,
            @Nullable List<String> caIssuersUrls,
            @Nullable List<String> ocspUrls,
            @Nullable Boolean ocspNoCheck,
            @Nullable Boolean saysNoCa,
            @Nullable String renewalWindow,
            @Nullable String grace) {}

    record SubjectAltNames(
            @Nullable List<String> dns,
            @Nullable List<String> ip,
            @Nullable List<String> uri,
            @Nullable List<String> email,
            @Nullable HardwareModule hardwareModule) {}

    record HardwareModule(@Nullable String type, @Nullable String serial) {}

    record Label(
            @Nullable String profile,
            @Nullable List<String> ways,
            @Nullable String base64,
            @Nullable Map<String, Manufacturer> manufacturers) {}

    record Manufacturer(
            @Nullable String certificateFile,
            @Nullable String identity,
            @Nullable Boolean register) {}

    record Codes(
            @Nullable String defaultValidity,
            @Nullable String maxValidity,
            @Nullable Integer maxLivePerDevice) {}

    record Limits(@Nullable CodeAttempts codeAttempts) {}

    record CodeAttempts(
            @Nullable Integer perDevice,
            @Nullable Integer perSource,
            @Nullable String period,
            @Nullable Integer tracked) {}

    record Audit(@Nullable String sealInterval) {}
}
