package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan as a file, the same octets whenever it is written: a line of JSON that says what it is, one for each certificate, and a
 * last one with the SHA-256 over all lines before it, as in {@code {"sha256":"…"}}.
 */
public final class PlanFile {
    private static final int PAGE = 1000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PlanStore store;
    private final Sha256 ca;

    /** @param ca the fingerprint by which this CA is told from others */
    PlanFile(PlanStore store, Sha256 ca) {
        this.store = store;
        this.ca = ca;
    }

    /** Without its last line. */
    Sha256 digest(Plan plan, World world) {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            writeBody(plan, world, out);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was written", e);
        }
        return Sha256.fromOctets(digest.digest());
    }

    void write(Plan plan, Plan.Found found, OutputStream out) throws IOException {
        writeBody(plan, found.world(), out);
        line(Map.of("sha256", found.digest().toString()), out);
    }

    private void writeBody(Plan plan, World world, OutputStream out) throws IOException {
        line(head(plan, world), out);
        int written = 0;
        List<Target> page = store.items(plan.id(), 0, PAGE);
        while (!page.isEmpty()) {
            for (Target target : page) {
                line(certificate(target), out);
            }
            written += page.size();
            page = store.items(plan.id(), written, PAGE);
        }
    }

    private Map<String, Object> head(Plan plan, World world) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("plan", plan.id().value());
        head.put("ca", ca.toString());
        head.put("plannedAt", plan.made().at().toString());
        head.put("plannedBy", plan.made().by().value());
        head.put("treatment", plan.treatment().kind().word());
        head.put("reason", plan.treatment().reason().toString());
        plan.treatment().finalAt().ifPresent(at -> head.put("finalAt", at.toString()));
        head.put("selection", plan.selection().words());
        head.put("certificates", world.certificates());
        head.put("issuers", world.issuers());
        head.put("world", world.digest().toString());
        return head;
    }

    private static Map<String, Object> certificate(Target target) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("issuer", target.issuer().toString());
        line.put("serial", target.serial().toString());
        line.put("device", target.device().value());
        return line;
    }

    private static void line(Map<String, ?> object, OutputStream out) throws IOException {
        out.write((JSON.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
