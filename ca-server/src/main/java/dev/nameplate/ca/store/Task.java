package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitRecording;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
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

    /** Something happens to a unit of a batch. */
    sealed interface OfUnit extends Task {
        BatchName batch();

        DeviceId unit();
    }

    record StepOfUnit(UnitOrder order, BatchName batch, DeviceId unit, CompletableFuture<UnitChange> answer)
            implements OfUnit {
        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    /** @param recorded the certificate as it goes into the records; whoever waits, waits for the unit's answer */
    record CertifiedUnit(
            UnitIssue issue,
            DeviceId unit,
            FreshCertificate fresh,
            Recorded recorded,
            CompletableFuture<UnitRecording> answer)
            implements OfUnit {
        static CertifiedUnit of(UnitIssue issue, DeviceId unit, FreshCertificate fresh) {
            return new CertifiedUnit(
                    issue, unit, fresh, Recorded.of(fresh.certificate(), fresh.event()), new CompletableFuture<>());
        }

        @Override
        public BatchName batch() {
            return ((Credential.Unit) fresh.certificate().credential()).batch();
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
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
