package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The trail as a file that can be verified with nothing else. Each line is one JSON object in canonical form (RFC 8785):
 *
 * <pre>
 * {"certificates":[base64 of DER, ...],"entries":2,"exportedAt":"2026-11-21T08:00:00.000Z","format":"nameplate-audit-export-v1"}
 * {"entry":{"event":{...},"hash":hex,"number":1,"previous":hex}}
 * {"entry":{"event":{...},"hash":hex,"number":2,"previous":hex}}
 * {"seal":{"at":time,"hash":hex,"number":2,"signature":base64,"signer":hex}}
 * </pre>
 *
 * {@link AuditChain} says what an event looks like and what is hashed, {@link AuditSealer} what is signed. A seal follows the
 * entry it was made for. Seal just before exporting, so that nothing of the file is unsealed.
 */
public final class AuditExport {
    private final AuditLog log;
    private final Supplier<AuditCertificates> certificates;
    private final InstantSource clock;

    /** @param certificates asked at each export, since audit certificates are renewed */
    public AuditExport(AuditLog log, Supplier<AuditCertificates> certificates, InstantSource clock) {
        this.log = log;
        this.certificates = certificates;
        this.clock = clock;
    }

    /** Writes the trail as it is now; never more of it in memory than a page. Leaves the stream open. */
    public void writeTo(OutputStream out) throws IOException {
        long through = log.last().map(AuditEntry::number).orElse(0L);
        writeLine(out, ExportLine.head(certificates.get().all(), through, clock.instant()));
        new TrailWalk(log).show(through, new TrailVisitor<IOException>() {
            @Override
            public boolean entry(AuditEntry entry) throws IOException {
                writeLine(out, ExportLine.of(entry));
                return true;
            }

            @Override
            public boolean seal(AuditSeal seal) throws IOException {
                writeLine(out, ExportLine.of(seal));
                return true;
            }
        });
        out.flush();
    }

    /**
     * Verifies an export with nothing but itself.
     *
     * @param pinned the SHA-256 of the CA certificate that the seals must lead to. Without it the export is only shown to agree
     *     with the root it brings along, which whoever made it could have made too.
     */
    public static AuditVerdict verify(InputStream export, Optional<Sha256> pinned) throws IOException {
        return new ExportCheck(new BoundedLines(new BufferedInputStream(export))).verdict(pinned);
    }

    private static void writeLine(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
