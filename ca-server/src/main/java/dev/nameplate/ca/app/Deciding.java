package dev.nameplate.ca.app;

import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.approval.Decisions;
import dev.nameplate.ca.approval.Judge;
import dev.nameplate.ca.approval.Waiting;
import dev.nameplate.ca.approval.webhook.QuestionSignature;
import dev.nameplate.ca.approval.webhook.QuestionSignature.TokenKey;
import dev.nameplate.ca.approval.webhook.Webhook;
import dev.nameplate.ca.audit.SparingNotes;
import dev.nameplate.ca.config.Settings;
import dev.nameplate.ca.enrollment.CloneAlarm;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.store.JooqPendingRequests;
import dev.nameplate.est.MessageSigner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Who has the last word on enrolments, and who is told when something is wrong with one. */
record Deciding(
        JooqPendingRequests requests,
        Decisions decisions,
        Approvals approvals,
        CloneAlarm clones,
        Optional<Webhook> webhook,
        LateSignature signature)
        implements AutoCloseable {
    private static final Duration NOTED_AGAIN = Duration.ofHours(1);
    private static final Duration WITHOUT_A_WEBHOOK = Duration.ofHours(1);

    static Deciding of(Core.Means means, Settings.Admission settings, Records records) {
        var requests = new JooqPendingRequests(records.database());
        var notes = new SparingNotes(records.audit(), NOTED_AGAIN, means.clock());
        var late = new LateSignature();
        Optional<Webhook> webhook = settings.webhook().map(given -> {
            QuestionSignature signature =
                    given.secret().map(QuestionSignature::hmac).orElse(late);
            return new Webhook(given, signature, means.clock(), means.random());
        });
        Judge judge = webhook.<Judge>map(hook -> hook)
                .orElse(_ -> new Judge.Judgement.Silent("the settings name no webhook", WITHOUT_A_WEBHOOK));
        var waiting = new Waiting(settings.approval(), means.clock(), means.random());
        return new Deciding(
                requests,
                new Decisions(requests, settings.approval(), judge, notes, waiting, means.clock()),
                new Approvals(requests, settings.approval(), means.clock()),
                new CloneAlarm(notes),
                webhook,
                late);
    }

    /** Questions to the webhook are signed with this key, unless a secret signs them. */
    void signWith(Supplier<MessageSigner> signer) {
        signature.by(QuestionSignature.token(() -> {
            MessageSigner current = signer.get();
            var certificate = CertificateDer.of(current.certificates().getFirst());
            return new TokenKey(certificate, message -> current.signing().sign(message));
        }));
    }

    @Override
    public void close() {
        webhook.ifPresent(Webhook::close);
    }
}
