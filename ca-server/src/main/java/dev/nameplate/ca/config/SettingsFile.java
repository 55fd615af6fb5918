package dev.nameplate.ca.config;

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
        @Nullable Audit audit) {

    record Doors(
            @Nullable DeviceDoor device,
            @Nullable PublicDoor open,
            @Nullable OperatorDoor operator) {}

    record DeviceDoor(
            @Nullable String bind,
            @Nullable Integer port,
            @Nullable List<String> names,
            @Nullable String tls,
            @Nullable Limits limits) {}

    record PublicDoor(
            @Nullable String bind,
            @Nullable Integer port,
            @Nullable String url,
            @Nullable Limits limits) {}

    record OperatorDoor(
            @Nullable String bind,
            @Nullable Integer port,
            @Nullable List<String> names,
            @Nullable Limits limits) {}

    record Limits(
            @Nullable Integer maxBodyBytes,
            @Nullable Integer maxHeaderBytes,
            @Nullable Integer maxConnections,
            @Nullable Integer maxRequests,
            @Nullable String idleTime,
            @Nullable String requestTime) {}

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
            @Nullable String sessionIdle,
            @Nullable String sessionWait) {}

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
            @Nullable String renewalWindow,
            @Nullable String grace) {}

    record SubjectAltNames(
            @Nullable List<String> dns,
            @Nullable List<String> ip,
            @Nullable List<String> uri,
            @Nullable List<String> email) {}

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
            @Nullable String validity,
            @Nullable String maxValidity,
            @Nullable Integer attempts,
            @Nullable String attemptPeriod) {}

    record Audit(@Nullable String sealInterval) {}
}
