package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.operator.Role;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final List<Operation> operations = Tables.api().operations();

    @Test
    void onlyTheTwoHealthPathsAreOpenToAnybody() {
        assertThat(operations)
                .filteredOn(operation -> operation.access() instanceof Access.Anybody)
                .extracting(operation -> operation.route().path())
                .containsExactlyInAnyOrder("/health/live", "/health/ready");
    }

    @Test
    void anAdminMayDoEverything() {
        assertThat(operations)
                .filteredOn(operation -> operation.access() instanceof Access.Roles)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.roles()).contains(Role.ADMIN));
    }

    @Test
    void anAuditorChangesNothingButItsOwnCertificate() {
        assertThat(operations)
                .filteredOn(operation -> operation.roles().contains(Role.AUDITOR))
                .isNotEmpty()
                .filteredOn(operation -> !operation.route().group().equals("own"))
                .allSatisfy(operation -> assertThat(operation.route().verb()).isEqualTo(Operation.Verb.GET));
    }

    @Test
    void anOperatorMayNotTouchOperatorsNorReadTheTrail() {
        assertThat(operations)
                .filteredOn(operation ->
                        Set.of("operators", "audit").contains(operation.route().group()))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.roles()).doesNotContain(Role.OPERATOR));
    }

    @Test
    void aStationWorksOnUnitsAndSeesAndRenewsItselfAndChangesNothingElse() {
        assertThat(operations)
                .filteredOn(operation -> operation.roles().contains(Role.STATION))
                .allSatisfy(operation -> assertThat(operation.route().group())
                        .isIn("description", "units", "bundles", "stations", "own"))
                .filteredOn(operation -> !Set.of("units", "bundles", "own")
                        .contains(operation.route().group()))
                .allSatisfy(operation -> assertThat(operation.route().verb()).isEqualTo(Operation.Verb.GET));
    }

    @Test
    void anOperationForNobodyCannotBeDeclared() {
        assertThatThrownBy(() -> new Access.Roles(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idsAndRoutesAreUnique() {
        assertThat(operations)
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z]+"));
        assertThat(operations)
                .extracting(operation ->
                        operation.route().verb() + " " + operation.route().path())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyPathDeclaresItsParameters() {
        assertThat(operations).allSatisfy(operation -> {
            List<String> inPath = Pattern.compile("\\{([a-z]+)}")
                    .matcher(operation.route().path())
                    .results()
                    .map(result -> result.group(1))
                    .toList();
            assertThat(operation.parameters().stream()
                            .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                            .map(Parameter::name))
                    .containsExactlyElementsOf(inPath);
        });
    }

    @Test
    void everyParameterIsAWordOfTheApi() {
        assertThat(operations)
                .flatExtracting(Operation::parameters)
                .allSatisfy(
                        parameter -> assertThat(Words.find(parameter.type())).isPresent());
    }

    @Test
    void onlyWhatThePathSaysInFullTakesNoBody() {
        assertThat(operations)
                .filteredOn(operation -> operation.route().verb() == Operation.Verb.POST)
                .filteredOn(operation -> operation.body().isEmpty())
                .extracting(Operation::id)
                .containsExactlyInAnyOrder(
                        "holdDevice",
                        "releaseDevice",
                        "releaseCertificate",
                        "completePlan",
                        "stopPlan",
                        "approve",
                        "reject",
                        "prepareIssuer",
                        "rotateKeys",
                        "publishCrl");
    }
}
