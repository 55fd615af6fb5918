package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.schema.generated.tables.records.CertificateRecord;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer. */
sealed interface Task {
    /** Tells whoever waits that nothing came of it. */
    void fail(RuntimeException reason);

    /** @param row the certificate's, made by whoever waits rather than by the writer */
    record Recorded(
            NewCertificate certificate, AuditEvent event, CertificateRecord row, CompletableFuture<Recording> answer)
            implements Task {
        static Recorded of(NewCertificate certificate, AuditEvent event) {
            CertificateRecord row = Certificates.row(certificate, event.at());
            return new Recorded(certificate, event, row, new CompletableFuture<>());
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    /** Nobody waits for this one: what is lost is noted again at the next use. */
    record NoteUse(CertificateDer certificate, Instant at) implements Task {
        @Override
        public void fail(RuntimeException reason) {
            // noted again at the next use
        }
    }

    record Alone<T>(Change<T> change, CompletableFuture<T> answer) implements Task {
        /** @return what answers, once the group is durable */
        Runnable apply(Writing writing) {
            T outcome = change.apply(writing);
            return () -> answer.complete(outcome);
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }
}
