package dev.nameplate.ca.app;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.approval.Decisions;
import dev.nameplate.ca.approval.Judge;
import dev.nameplate.ca.approval.Waiting;
import dev.nameplate.ca.audit.SparingNotes;
import dev.nameplate.ca.enrollment.CloneAlarm;
import dev.nameplate.ca.store.JooqPendingRequests;
import java.time.Duration;

/** Who has the last word on enrolments, and who is told when something is wrong with one. */
record Deciding(JooqPendingRequests requests, Decisions decisions, Approvals approvals, CloneAlarm clones) {
    private static final Duration NOTED_AGAIN = Duration.ofHours(1);
    private static final Duration WITHOUT_A_WEBHOOK = Duration.ofHours(1);

    static Deciding of(Core.Means means, ApprovalSettings settings, Records records) {
        var requests = new JooqPendingRequests(records.database());
        var notes = new SparingNotes(records.audit(), NOTED_AGAIN, means.clock());
        Judge nobody = _ -> new Judge.Judgement.Silent("the settings name no webhook", WITHOUT_A_WEBHOOK);
        var waiting = new Waiting(settings, means.clock(), means.random());
        return new Deciding(
                requests,
                new Decisions(requests, settings, nobody, notes, waiting, means.clock()),
                new Approvals(requests, settings, means.clock()),
                new CloneAlarm(notes));
    }
}
