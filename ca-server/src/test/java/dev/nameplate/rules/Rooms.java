package dev.nameplate.rules;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The map of the product: every room, and the rooms it may use. A room is a package with all below it, unless a longer
 * name in this table fits better. A new arrow is a change here, in its own commit, with the reason.
 */
final class Rooms {
    static final String ROOT = "dev.nameplate.";

    /** The rooms that decide something. They know no door, no database and no token binding. */
    private static final Set<String> FEATURES = Set.of(
            "ca.pki",
            "ca.refusal",
            "ca.audit",
            "ca.lint",
            "ca.device",
            "ca.operator",
            "ca.policy",
            "ca.authority",
            "ca.issuance",
            "ca.approval",
            "ca.enrollment",
            "ca.revocation",
            "ca.crl",
            "ca.ocsp",
            "ca.factory",
            "ca.factory.keys",
            "ca.factory.export",
            "ca.factory.manifest",
            "ca.factory.matter",
            "ca.factory.offline",
            "ca.station",
            "ca.canary",
            "ca.rotation",
            "ca.lease",
            "ca.storm",
            "ca.renewal",
            "ca.adoption",
            "ca.health");

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("est", Set.of()),
            Map.entry("hsm", Set.of()),
            Map.entry("schema", Set.of()),
            Map.entry("ca.pki", Set.of()),
            Map.entry("ca.refusal", Set.of("ca.pki")),
            Map.entry("ca.audit", Set.of("ca.pki")),
            Map.entry("ca.lint", Set.of("ca.pki")),
            Map.entry("ca.device", Set.of("ca.pki", "ca.refusal", "ca.audit")),
            Map.entry("ca.operator", Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.device")),
            Map.entry("ca.policy", Set.of("ca.pki", "ca.refusal", "ca.device")),
            Map.entry("ca.authority", Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.lint", "hsm")),
            // refusal: only the issuer sees that a key was revoked or that its own time is over; device and revocation:
            // who a certificate was issued to, and why it was revoked, are part of its record
            Map.entry(
                    "ca.issuance",
                    Set.of(
                            "ca.pki",
                            "ca.refusal",
                            "ca.policy",
                            "ca.authority",
                            "ca.lint",
                            "ca.audit",
                            "ca.device",
                            "ca.revocation")),
            // issuance: a request that waits is known by the fingerprint by which its certificate is recorded
            Map.entry(
                    "ca.approval", Set.of("ca.pki", "ca.refusal", "ca.device", "ca.policy", "ca.issuance", "ca.audit")),
            // approval: some requests wait for somebody's word; operator: an operator's or a station's certificate is
            // enrolled on an administrator's word; revocation: a
            // device's signed message may ask for either (RFC 5272)
            Map.entry(
                    "ca.enrollment",
                    Set.of(
                            "ca.refusal",
                            "ca.device",
                            "ca.policy",
                            "ca.issuance",
                            "ca.approval",
                            "ca.audit",
                            "ca.pki",
                            "ca.operator",
                            "ca.revocation")),
            // device: a device is held and decommissioned together with its certificates
            Map.entry("ca.revocation", Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.device")),
            // device: who asks for a turn, and what is left of the validity of their certificate
            Map.entry("ca.storm", Set.of("ca.pki", "ca.refusal", "ca.device")),
            // device: whose certificate it is that is to be renewed; policy: when its profile says so
            Map.entry("ca.renewal", Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.device", "ca.policy")),
            // revocation, crl and device: where certificates from elsewhere stand, which CRL number comes next, and
            // whose
            // they are; hsm: which key it is
            Map.entry(
                    "ca.adoption",
                    Set.of(
                            "ca.pki",
                            "ca.refusal",
                            "ca.audit",
                            "ca.authority",
                            "ca.device",
                            "ca.revocation",
                            "ca.crl",
                            "hsm")),
            // lease: one of several processes publishes at a time
            Map.entry("ca.lease", Set.of()),
            Map.entry("ca.crl", Set.of("ca.pki", "ca.authority", "ca.revocation", "ca.lint", "ca.audit", "ca.lease")),
            Map.entry("ca.ocsp", Set.of("ca.pki", "ca.authority", "ca.revocation", "ca.lint", "ca.audit")),
            // rotation: sees certificates, issuers and keys, decides none of them
            Map.entry(
                    "ca.rotation",
                    Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.authority", "ca.policy", "ca.issuance", "hsm")),
            // canary: goes the way of a service's certificate, to its revocation
            Map.entry(
                    "ca.canary",
                    Set.of(
                            "ca.pki",
                            "ca.refusal",
                            "ca.authority",
                            "ca.policy",
                            "ca.issuance",
                            "ca.revocation",
                            "ca.audit")),
            // policy and issuance: a unit's key is certified on its order's word, not on a credential of its own;
            // revocation: what a unit had before its present key is revoked in the transaction that records the new
            // one;
            // lease: one process at a time makes the key-encryption key of a station
            Map.entry(
                    "ca.factory",
                    Set.of(
                            "ca.pki",
                            "ca.lease",
                            "ca.refusal",
                            "ca.device",
                            "ca.operator",
                            "ca.policy",
                            "ca.issuance",
                            "ca.revocation",
                            "ca.enrollment",
                            "ca.audit")),
            // hsm: injected keys are made, wrapped and destroyed in the token; audit: the audit key signs what was
            // destroyed
            Map.entry("ca.factory.keys", Set.of("ca.pki", "ca.audit", "hsm")),
            Map.entry("ca.factory.export", Set.of("ca.pki", "ca.audit", "ca.factory.keys")),
            Map.entry("ca.factory.manifest", Set.of("ca.pki", "ca.factory.export")),
            Map.entry("ca.factory.matter", Set.of("ca.pki", "ca.lint")),
            // export: what is drawn ahead of time goes to the station in its envelope
            Map.entry(
                    "ca.factory.offline",
                    Set.of("ca.pki", "ca.refusal", "ca.audit", "ca.issuance", "ca.factory", "ca.factory.export")),
            // station: what runs on the machine at the line and has nothing of the CA but what was drawn from it
            Map.entry(
                    "ca.station",
                    Set.of(
                            "ca.pki",
                            "ca.audit",
                            "ca.factory",
                            "ca.factory.offline",
                            "ca.factory.export",
                            "ca.factory.keys")),
            // health: what any room can be asked about itself; the doors show it and the composition root fills it
            Map.entry("ca.health", Set.of()),
            // est: the words of the wire that both HTTPS doors read and write, as Basic credentials, Retry-After and
            // PKCS#10
            Map.entry("ca.edge.http", Set.of("ca.pki", "ca.refusal", "est")),
            Map.entry("ca.edge.est", and(FEATURES, "ca.edge.http", "est")),
            Map.entry("ca.edge.admin", and(FEATURES, "ca.edge.http", "est")),
            Map.entry("ca.edge.console", and(FEATURES, "ca.edge.http", "est")),
            Map.entry("ca.edge.distribution", and(FEATURES, "ca.edge.http", "est")),
            Map.entry("ca.store", and(FEATURES, "schema")),
            // edge.est and est: a label says how its answers are laid out, and what a path can name
            Map.entry("ca.config", and(FEATURES, "ca.store", "ca.edge.http", "ca.edge.est", "est", "hsm")),
            // hsm: a device's own key may be in a token of its own
            Map.entry("ca.cli", and(FEATURES, "ca.config", "est", "hsm")));

    /** The one room that knows everything, and that nothing may know. */
    static final String APP = "ca.app";

    private Rooms() {}

    static Set<String> features() {
        return FEATURES;
    }

    static Optional<String> roomOf(String packageName) {
        return Stream.concat(Stream.of(APP), MAY_USE.keySet().stream())
                .filter(room -> isIn(packageName, room))
                .max(Comparator.comparingInt(String::length));
    }

    static boolean mayUse(String user, String used) {
        return user.equals(used)
                || user.equals(APP)
                || MAY_USE.getOrDefault(user, Set.of()).contains(used);
    }

    static boolean isIn(String packageName, String room) {
        return (packageName + ".").startsWith(ROOT + room + ".");
    }

    static String[] packagesOf(Set<String> rooms) {
        return rooms.stream().map(room -> ROOT + room + "..").toArray(String[]::new);
    }

    private static Set<String> and(Set<String> rooms, String... more) {
        var all = new HashSet<>(rooms);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
