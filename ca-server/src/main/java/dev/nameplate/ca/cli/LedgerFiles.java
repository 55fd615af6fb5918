package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.factory.matter.CrlPlace;
import dev.nameplate.ca.factory.matter.RevocationEntry;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Entries for Matter's ledger, in a directory for each generation of an issuer, as {@code matter-pai-g2}: {@code revocation-point.json},
 * {@code issuer.pem}, {@code command.txt}.
 */
final class LedgerFiles {
    private final Path out;
    private final CrlPlace place;
    private final String label;
    private final Optional<Integer> vendor;

    /** @param vendor whose entries they are, where the issuer's name does not say it */
    LedgerFiles(Path out, CrlPlace place, String label, Optional<Integer> vendor) {
        this.out = out;
        this.place = place;
        this.label = label;
        this.vendor = vendor;
    }

    /** For those that issued these units, and, where the place names the issuer, for those that certified these. */
    void write(List<CertificateDer> issuers, OperatorDoor door) throws IOException {
        Map<CertificateDer, IssuerGeneration> wanted =
                wanted(issuers, listed(door.get("/api/v1/issuers", Map.of()).path("items")));
        if (wanted.size() > 1 && !place.namesGeneration()) {
            throw CommandFailedException.refused("these units have " + wanted.size()
                    + " issuers, each with a CRL of its own; --crl says where with ${generation} in it");
        }
        for (Map.Entry<CertificateDer, IssuerGeneration> each : wanted.entrySet()) {
            write(each.getKey(), each.getValue());
        }
    }

    /** An issuer of this CA, and its chain up to the root. */
    private record Listed(IssuerGeneration generation, List<CertificateDer> chain) {}

    private static List<Listed> listed(JsonNode issuers) {
        List<Listed> all = new ArrayList<>();
        for (JsonNode issuer : issuers) {
            List<CertificateDer> chain = PemFiles.certificatesIn(
                            issuer.path("chainPem").asString(""))
                    .stream()
                    .map(CertificateDer::of)
                    .toList();
            if (!chain.isEmpty()) {
                all.add(new Listed(
                        IssuerGeneration.parse(issuer.path("generation").asString("")), chain));
            }
        }
        return all;
    }

    private Map<CertificateDer, IssuerGeneration> wanted(List<CertificateDer> issuers, List<Listed> listed) {
        Map<CertificateDer, IssuerGeneration> known = new HashMap<>();
        listed.forEach(each -> known.put(each.chain().getFirst(), each.generation()));
        Map<CertificateDer, IssuerGeneration> wanted = new LinkedHashMap<>();
        listed.stream()
                .filter(each -> issuers.contains(each.chain().getFirst()))
                .flatMap(each -> each.chain().stream()
                        .limit(place.namesIssuer() ? each.chain().size() : 1))
                .filter(known::containsKey)
                .forEach(each -> wanted.put(each, Objects.requireNonNull(known.get(each))));
        return wanted;
    }

    private void write(CertificateDer issuer, IssuerGeneration generation) throws IOException {
        int account = vendor.or(() -> RevocationEntry.vendorOf(issuer))
                .orElseThrow(() -> CommandFailedException.refused(
                        "the name of " + generation + " has no vendor's id (VID); --vendor says whose entry it is"));
        var entry = new RevocationEntry(issuer, label, place.of(generation), account);
        Path directory = Files.createDirectories(out.resolve(generation.issuer().value() + "-g" + generation.number()));
        Files.writeString(directory.resolve("revocation-point.json"), entry.json());
        Files.writeString(directory.resolve("issuer.pem"), entry.pem());
        Files.writeString(directory.resolve("command.txt"), entry.command("issuer.pem") + "\n");
    }
}
