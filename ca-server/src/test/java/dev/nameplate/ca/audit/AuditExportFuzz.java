package dev.nameplate.ca.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Whatever is said to be an export gets a verdict. */
public final class AuditExportFuzz {
    private AuditExportFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            AuditExport.verify(new ByteArrayInputStream(input), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
