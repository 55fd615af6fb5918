package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.pki.LabelName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;

/** Everything of the device door. */
public final class EstRoutes {
    private static final List<HandlerType> METHODS = List.of(
            HandlerType.GET,
            HandlerType.HEAD,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.OPTIONS,
            HandlerType.TRACE);

    private EstRoutes() {}

    /**
     * @param labels by the name in the path; the unlabelled service is {@link LabelName#NONE}, which no path can name
     */
    public static void add(RoutesConfig routes, Map<LabelName, ServedLabel> labels, EstFeatures features, Voice voice) {
        var dispatch = new EstDispatch(
                Map.copyOf(labels),
                features,
                new EstReplies(voice, features.identify().nonces()));
        METHODS.forEach(method -> routes.addHttpHandler(method, "*", dispatch));
    }
}
