package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.est.EnrollRequest;
import io.javalin.http.Context;

/** POST simplereenroll (RFC 7030, 4.2.2). */
final class SimpleReenroll implements Operation {
    private final EstFeatures features;
    private final EstReplies replies;

    SimpleReenroll(EstFeatures features, EstReplies replies) {
        this.features = features;
        this.replies = replies;
    }

    @Override
    public void handle(Context ctx, ServedLabel label) {
        if (replies.refusedForMediaType(ctx)) {
            return;
        }
        switch (features.identify().identify(Credentials.of(ctx), label.label(), Purpose.REENROL)) {
            case Authentication.NotIdentified(var refusal) -> replies.refuse(ctx, label, refusal);
            case Authentication.Identified(var device) -> {
                EnrollRequest request = EnrollRequest.parse(ctx.bodyAsBytes());
                replies.endIfLinked(ctx, request.csr());
                var outcome = features.reenroll()
                        .enroll(device, label.label(), Requests.csr(request.csr()), RequestIds.of(ctx));
                replies.send(ctx, label, outcome, request.form());
            }
        }
    }
}
