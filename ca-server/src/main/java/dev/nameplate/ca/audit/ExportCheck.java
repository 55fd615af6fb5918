package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.util.Optional;

/** Checks an export line by line. */
final class ExportCheck {
    private final BoundedLines lines;

    ExportCheck(BoundedLines lines) {
        this.lines = lines;
    }

    AuditVerdict verdict(Optional<Sha256> pinned) throws IOException {
        if (next().orElse(null) instanceof ExportLine.Head head) {
            TrailCheck check = new TrailCheck(new AuditCertificates(head.certificates(), pinned));
            return walk(check) ? check.verdict(head.entries()) : check.verdict(0);
        }
        return new AuditVerdict.Broken(0, AuditFault.UNREADABLE);
    }

    /** @return whether it came to the end without a fault */
    private boolean walk(TrailCheck check) throws IOException {
        boolean good = true;
        for (Optional<byte[]> line = lines.next(); good && line.isPresent(); line = good ? lines.next() : line) {
            good = shown(check, ExportLine.parse(line.get()));
        }
        return good;
    }

    private static boolean shown(TrailCheck check, Optional<ExportLine> line) {
        return switch (line.orElse(null)) {
            case ExportLine.Entry(var entry) -> check.entry(entry);
            case ExportLine.Seal(var seal) -> check.seal(seal);
            case null, default -> {
                check.breakNext(AuditFault.UNREADABLE);
                yield false;
            }
        };
    }

    private Optional<ExportLine> next() throws IOException {
        return lines.next().flatMap(ExportLine::parse);
    }
}
