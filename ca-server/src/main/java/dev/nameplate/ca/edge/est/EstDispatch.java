package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.est.EstLabel;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.EstPath;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the path, as it was sent, to label and operation (RFC 7030, 3.2.2). */
final class EstDispatch implements Handler {
    private static final String NOT_LABELS = LabelName.NONE.value();
    private final Map<LabelName, ServedLabel> labels;
    private final EstFeatures features;
    private final EstReplies replies;
    private final CaCerts caCerts;

    EstDispatch(Map<LabelName, ServedLabel> labels, EstFeatures features, EstReplies replies) {
        this.labels = labels;
        this.features = features;
        this.replies = replies;
        this.caCerts = new CaCerts(features.chains());
    }

    @Override
    public void handle(Context ctx) {
        switch (EstPath.parse(ctx.req().getRequestURI())) {
            case EstPath.NotFound(var reason) -> replies.notFound(ctx, reason);
            case EstPath.Addressed(var label, var operation) -> serve(ctx, label, operation);
        }
    }

    private void serve(Context ctx, Optional<EstLabel> name, EstOperation operation) {
        Optional<ServedLabel> label = name.map(EstLabel::value)
                .map(this::labelled)
                .orElseGet(() -> Optional.ofNullable(labels.get(LabelName.NONE)));
        if (label.isEmpty()) {
            replies.notFound(ctx, unknown(name));
        } else if (!methods(operation).contains(ctx.req().getMethod())) {
            replies.methodNotAllowed(ctx, operation, String.join(", ", methods(operation)));
        } else {
            handlerOf(operation).handle(ctx, label.get());
        }
    }

    private Optional<ServedLabel> labelled(String name) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(name) && !name.equals(NOT_LABELS))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String unknown(Optional<EstLabel> name) {
        return name.map(label -> "there is no label " + Text.shown(label.value()))
                .orElse("EST without a label is not served here: put a label into the path");
    }

    private static List<String> methods(EstOperation operation) {
        return operation.method().equals("GET") ? List.of("GET", "HEAD") : List.of(operation.method());
    }

    private Operation handlerOf(EstOperation operation) {
        return switch (operation) {
            case CACERTS -> caCerts;
            case SIMPLEENROLL -> new SimpleEnroll(features, replies);
            case SIMPLEREENROLL -> new SimpleReenroll(features, replies);
            case CSRATTRS -> new CsrAttrs(features.asked());
            case SERVERKEYGEN -> new ServerKeygen(features, replies);
            case RENEWALINFO -> new RenewalInfo(features, replies);
            case FULLCMC -> new FullCmc(features.messages(), replies);
        };
    }
}
