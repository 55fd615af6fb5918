package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operator API: one table of operations, from which the routes, the role checks, the OpenAPI document and the page for the
 * eye are made. What is not in the table does not exist.
 */
public final class AdminApi {
    private final Operators operators;
    private final ApiJson json = new ApiJson();
    private final List<Operation> operations;
    private final PrometheusMeterRegistry metrics;
    private final String version;

    /**
     * @param version of the product
     */
    public AdminApi(AdminServices services, HealthChecks checks, PrometheusMeterRegistry metrics, String version) {
        this.operators = services.operators();
        this.metrics = metrics;
        this.version = version;
        this.operations = Stream.of(
                        services.operations(),
                        new HealthOperations(checks).all(),
                        new MetricsOperations(metrics).all(),
                        descriptions())
                .flatMap(List::stream)
                .toList();
    }

    /** For {@code Door.https}; the voice has a {@link ProblemForm}. */
    public void addTo(RoutesConfig routes, Voice voice) {
        routes.exception(HttpResponseException.class, voice::tell);
        Speech speech = new Speech(json, voice);
        for (Operation operation : operations) {
            HandlerType verb = switch (operation.route().verb()) {
                case GET -> HandlerType.GET;
                case POST -> HandlerType.POST;
                case DELETE -> HandlerType.DELETE;
            };
            routes.addEndpoint(
                    new Endpoint(verb, operation.route().path(), new Guard(operation, operators, speech, metrics)));
        }
    }

    List<Operation> operations() {
        return operations;
    }

    /** Made when asked for: reading every record's shape takes longer than the rest of the start. */
    byte[] document() {
        return OpenApi.document(json, version, operations);
    }

    private List<Operation> descriptions() {
        return List.of(
                Operation.get("description", "/api/v1/openapi.json")
                        .called("openApi", "This API as an OpenAPI 3.1 document.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(
                                Reply.text("The document.", "application/json"),
                                _ -> new Result.Written(out -> out.write(document()))),
                Operation.get("description", "/api/v1/docs")
                        .called("docs", "This API as a page for the eye.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR, Role.STATION)
                        .answers(
                                Reply.text("The page.", "text/html; charset=utf-8"),
                                _ -> new Result.Written(out -> out.write(DocsPage.of(operations())))));
    }
}
