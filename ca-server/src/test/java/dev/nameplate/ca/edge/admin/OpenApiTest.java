package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private final AdminApi api = Tables.api();
    private final String text = new String(api.document(), StandardCharsets.UTF_8);
    private final JsonNode document = JsonMapper.shared().readTree(text);

    @Test
    void isAValidDocumentOfOpenApi31() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(specification());

        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
    }

    /** The validator itself would notice. */
    @Test
    void aDocumentWithoutPathsOrWithAWrongKindOfParameterIsNotValid() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(specification());

        assertThat(schema.validate(text.replace("\"in\":\"query\"", "\"in\":\"body\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(
                        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"x\",\"version\":\"1\"}}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void tellsOfEveryOperationAndOfNothingElse() {
        Stream<String> told = document.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .map(verb -> verb.getKey() + " " + path.getKey() + " "
                                + verb.getValue().path("operationId").asString()));

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(api.operations().stream()
                        .map(operation -> operation.route().verb().name().toLowerCase(Locale.ROOT) + " "
                                + operation.route().path() + " " + operation.id())
                        .toList());
    }

    @Test
    void namesTheRolesOfEachOperation() {
        JsonNode listing = document.at("/paths/~1api~1v1~1devices/get/security");

        assertThat(listing.toString())
                .isEqualTo("[{\"clientCertificate\":[\"admin\"]},{\"clientCertificate\":[\"operator\"]},"
                        + "{\"clientCertificate\":[\"auditor\"]}]");
        assertThat(document.at("/paths/~1health~1live/get/security").isEmpty()).isTrue();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = document.findValuesAsString("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void saysWhatIsRequiredAndThatNothingElseIsTaken() {
        JsonNode device = document.at("/components/schemas/NewDevice");

        assertThat(device.path("required").toString()).isEqualTo("[\"id\"]");
        assertThat(device.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(device.at("/properties/attributes/additionalProperties/type").asString(""))
                .isEqualTo("string");
        assertThat(document.at("/components/schemas/PageDeviceView/properties/items/items/$ref")
                        .asString(""))
                .isEqualTo("#/components/schemas/DeviceView");
    }

    @Test
    void thePageForTheEyeShowsEveryOperation() {
        String page = new String(DocsPage.of(api.operations()), StandardCharsets.UTF_8);

        assertThat(api.operations())
                .allSatisfy(operation -> assertThat(page)
                        .contains("<td>" + operation.route().verb() + " "
                                + operation.route().path() + "</td>"));
    }

    private static String specification() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/openapi-3.1.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
