package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.edge.http.Replies;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.renewal.Advice;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.est.RetryAfter;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** GET renewalinfo: when the certificate of the TLS session is to be renewed. No operation of EST; shaped after RFC 9773, 4.2. */
final class RenewalInfo implements Operation {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EstFeatures features;
    private final EstReplies replies;

    RenewalInfo(EstFeatures features, EstReplies replies) {
        this.features = features;
        this.replies = replies;
    }

    @Override
    public void handle(Context ctx, ServedLabel label) {
        switch (features.identify().identify(Credentials.of(ctx), label.label(), Purpose.REENROL)) {
            case Authentication.NotIdentified(var refusal) -> replies.refuse(ctx, label, refusal);
            case Authentication.Identified(var device) -> advise(ctx, label, device);
        }
    }

    private void advise(Context ctx, ServedLabel label, AuthenticatedDevice device) {
        device.certificate()
                .map(features.advise()::adviceFor)
                .ifPresentOrElse(
                        advice -> send(ctx, advice),
                        () -> replies.refuse(
                                ctx,
                                label,
                                new Refusal.NothingToRenew("this session has no client certificate of this CA")));
    }

    private static void send(Context ctx, Advice advice) {
        ctx.header(Header.RETRY_AFTER, RetryAfter.format(advice.askAgain()));
        ctx.header(Header.CACHE_CONTROL, "no-store");
        Replies.send(ctx, 200, "application/json", JSON.writeValueAsBytes(members(advice)));
    }

    private static Map<String, Object> members(Advice advice) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "suggestedWindow",
                Map.of(
                        "start", advice.window().start().toString(),
                        "end", advice.window().end().toString()));
        advice.why()
                .flatMap(Pull.Why::explanation)
                .map(URI::toString)
                .ifPresent(url -> members.put("explanationURL", url));
        advice.why().map(Pull.Why::reason).ifPresent(reason -> members.put("reason", reason));
        return members;
    }
}
