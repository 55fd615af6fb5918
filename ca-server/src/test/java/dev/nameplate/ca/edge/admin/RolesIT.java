package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.testkit.Party;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every operation of the table, called by every role and by those who have none. */
@TestInstance(Lifecycle.PER_CLASS)
class RolesIT {
    private final ApiRig rig = new ApiRig();

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void everyOperationTakesTheRolesItDeclaresAndNoOther() {
        var softly = new SoftAssertions();
        for (Role role : Role.values()) {
            try (ApiClient client = client(rig.holding(role))) {
                for (Operation operation : rig.api().operations()) {
                    ApiClient.Reply reply = call(client, operation);
                    boolean may =
                            operation.roles().isEmpty() || operation.roles().contains(role);
                    if (may) {
                        softly.assertThat(reply.status())
                                .as("%s by %s", operation.id(), role)
                                .isNotIn(401, 403, 500);
                    } else {
                        softly.assertThat(reply.status())
                                .as("%s by %s", operation.id(), role)
                                .isEqualTo(403);
                        softly.assertThat(reply.type()).isEqualTo("urn:nameplate:refusal:role-missing");
                    }
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void nobodyGetsAnythingButHealthWithoutACertificate() {
        try (ApiClient client = new ApiClient(rig, Optional.empty())) {
            assertThat(rig.api().operations()).allSatisfy(operation -> {
                ApiClient.Reply reply = call(client, operation);
                if (operation.roles().isEmpty()) {
                    assertThat(reply.status()).isEqualTo(200);
                } else {
                    assertThat(reply.status()).isEqualTo(401);
                    assertThat(reply.contentType()).isEqualTo("application/problem+json");
                    assertThat(reply.type()).isEqualTo("urn:nameplate:refusal:not-authenticated");
                }
            });
        }
    }

    @Test
    void nobodyGetsInWithACertificateThatIsNotAnOperators() {
        Party stranger = new ApiPki().client("admin");
        Party unrecorded = rig.pki().client("admin");
        Party removed = rig.person("leaver", Role.ADMIN);
        Party revoked = rig.person("careless", Role.ADMIN);
        try (ApiClient admin = client(rig.holding(Role.ADMIN))) {
            assertThat(admin.delete("/api/v1/operators/leaver").status()).isEqualTo(204);
            String serial = revoked.certificate().serial().toString();
            assertThat(admin.post("/api/v1/certificates/" + serial + "/revocation", "{\"reason\":\"key-compromise\"}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(Arrays.asList(stranger, unrecorded, removed, revoked)).allSatisfy(party -> {
            try (ApiClient client = client(party)) {
                ApiClient.Reply reply = client.get("/api/v1/devices");
                assertThat(reply.status()).isIn(401, 403);
                assertThat(reply.type()).startsWith("urn:nameplate:refusal:").doesNotContain("role-missing");
            }
        });
    }

    private ApiClient client(Party party) {
        return new ApiClient(rig, Optional.of(party));
    }

    /** With parameters that are well formed and lead nowhere, and a body that is not. */
    private static ApiClient.Reply call(ApiClient client, Operation operation) {
        String path = operation
                .route()
                .path()
                .replace("{serial}", "00ff")
                .replace("{name}", "nobody")
                .replace("{issuer}", "nobody")
                .replace("{crl}", "g1")
                .replace("{number}", "1")
                .replace("{kind}", "nonsense")
                .replace("{batch}", "WO-0")
                .replace("{unit}", "unit-0")
                .replace("{bundle}", "00112233445566778899aabbccddeeff")
                .replace("{id}", "0011223344556677");
        String body = operation.body().isPresent() ? "{\"nonsense\":true}" : "";
        return client.call(operation.route().verb().name(), path, body);
    }
}
