package dev.nameplate.ca.edge.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 document of a table of operations. */
final class OpenApi {
    private static final String SECURITY = "clientCertificate";
    private static final Map<Integer, String> STATES = new TreeMap<>(Map.of(
            400, "a parameter or a field is wrong; `field` names it",
            401, "no client certificate that is known here",
            403, "the client certificate, or its holder's role, does not do",
            404, "there is no such thing",
            409, "what is there does not allow it",
            413, "the body is too large",
            415, "the body is not sent as JSON",
            429, "too many; Retry-After says when",
            500, "a fault of the server; its log tells more",
            503, "token or database is away; Retry-After says when"));

    private final JsonMapper json;
    private final Schemas schemas;
    private final ObjectNode document;

    private OpenApi(JsonMapper json) {
        this.json = json;
        this.schemas = new Schemas(json);
        this.document = json.createObjectNode();
    }

    static byte[] document(ApiJson json, String version, List<Operation> operations) {
        OpenApi openApi = new OpenApi(json.mapper());
        openApi.head(version);
        ObjectNode paths = openApi.document.putObject("paths");
        for (Operation operation : operations) {
            ObjectNode path = paths.withObjectProperty(operation.route().path());
            path.set(operation.route().verb().name().toLowerCase(Locale.ROOT), openApi.operation(operation));
        }
        openApi.components();
        return json.write(openApi.document);
    }

    private void head(String version) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Nameplate operator API")
                .put("version", version)
                .put("description", "Devices, enrolment codes, certificates, issuers, operators and the audit trail.");
    }

    private void components() {
        ObjectNode components = document.putObject("components");
        components.putObject("responses").setAll(new TreeMap<>(Map.of("Problem", problemResponse())));
        components
                .putObject("securitySchemes")
                .putObject(SECURITY)
                .put("type", "mutualTLS")
                .put("description", "The certificate of an operator, issued by this CA.");
        components.set("schemas", schemas.definitions());
    }

    private ObjectNode problemResponse() {
        ObjectNode response = json.createObjectNode().put("description", "Refused (RFC 9457).");
        response.putObject("content")
                .putObject(ProblemForm.CONTENT_TYPE)
                .set("schema", schemas.reference(List.of(Problem.class)));
        return response;
    }

    private ObjectNode operation(Operation operation) {
        ObjectNode node = json.createObjectNode();
        node.putArray("tags").add(operation.route().group());
        node.put("operationId", operation.id());
        node.put("summary", operation.summary());
        if (operation.roles().isEmpty()) {
            node.putArray("security");
        } else {
            ArrayNode anyOf = node.putArray("security");
            operation
                    .roles()
                    .forEach(role -> anyOf.addObject().putArray(SECURITY).add(role.toString()));
        }
        ArrayNode parameters = node.putArray("parameters");
        operation.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        operation.body().ifPresent(type -> body(node, type));
        responses(node.putObject("responses"), operation);
        return node;
    }

    private ObjectNode parameter(Parameter parameter) {
        boolean inPath = parameter.place() == Parameter.Place.PATH;
        ObjectNode node = json.createObjectNode()
                .put("name", parameter.name())
                .put("in", inPath ? "path" : "query")
                .put("required", inPath)
                .put("description", parameter.says());
        node.set("schema", schemas.ofWord(parameter.type()));
        return node;
    }

    private void body(ObjectNode node, Class<?> type) {
        node.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(Reply.JSON)
                .set("schema", schemas.reference(List.of(type)));
    }

    private void responses(ObjectNode responses, Operation operation) {
        reply(responses, operation.reply());
        operation.outcome().otherwise().ifPresent(reply -> reply(responses, reply));
        for (int state : operation.refusals()) {
            String text = Integer.toString(state);
            if (!responses.has(text)) {
                responses.putObject(text).put("$ref", "#/components/responses/Problem");
                responses.withObjectProperty(text).put("description", STATES.getOrDefault(state, "refused"));
            }
        }
    }

    private void reply(ObjectNode responses, Reply reply) {
        ObjectNode node = responses.putObject(Integer.toString(reply.status())).put("description", reply.says());
        if (reply.contentType().isEmpty()) {
            return;
        }
        ObjectNode content = node.putObject("content").putObject(reply.contentType());
        if (reply.types().isEmpty()) {
            content.putObject("schema").put("type", "string");
        } else {
            content.set("schema", schemas.reference(reply.types()));
        }
    }
}
