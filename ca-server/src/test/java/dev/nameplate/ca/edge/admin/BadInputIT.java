package dev.nameplate.ca.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.operator.Role;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong is answered with a problem that names it, and nothing changes. */
class BadInputIT {
    private final ApiRig rig = new ApiRig();
    private final ApiClient admin = new ApiClient(rig, Optional.of(rig.holding(Role.ADMIN)));
    private final int before = rig.store().audit().events().size();

    @AfterEach
    void nothingChanged() {
        int after = rig.store().audit().events().size();
        admin.close();
        rig.close();
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/devices                          | {"id":"s","colour":"red"}                            | 400 | colour
            /api/v1/devices                          | {"id":"s","attributes":{"Site":"x"}}                 | 400 | attributes
            /api/v1/devices                          | {"id":"/etc/passwd"}                                 | 400 | id
            /api/v1/devices/nobody/codes             | {"validity":"PT-1H"}                                 | 400 | validity
            /api/v1/devices/nobody/codes             | {"validity":"tomorrow"}                              | 400 | validity
            /api/v1/devices/nobody/codes             | {"validity":"P4000D"}                                | 400 | validity
            /api/v1/devices/nobody/codes             | {"label":"unheard-of"}                               | 400 | label
            /api/v1/certificates/xyz/revocation      | {"reason":"superseded"}                              | 400 | serial
            /api/v1/certificates/00/revocation       | {"reason":"superseded"}                              | 400 | serial
            /api/v1/certificates/ff/revocation       | {"reason":"bored"}                                   | 400 | reason
            /api/v1/certificates/ff/revocation       | {}                                                   | 400 | reason
            /api/v1/operators                        | {"name":"a","roles":[],"csr":"x"}                    | 400 | csr
            /api/v1/operators                        | {"name":"a","roles":["king"],"csr":"x"}              | 400 | roles[0]
            /api/v1/operators                        | {"name":"A","roles":["admin"],"csr":"x"}             | 400 | name
            /api/v1/operators                        | {"name":"a","roles":[null],"csr":"x"}                | 400 | roles[0]
            """)
    void namesTheFieldThatIsWrong(String path, String body, int status, String field) {
        ApiClient.Reply reply = admin.post(path, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("field").asString("")).isEqualTo(field);
        assertThat(reply.json().path("detail").asString(""))
                .isNotBlank()
                .doesNotContain("\n")
                .doesNotContain("java");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/devices?limit=0, limit",
        "/api/v1/devices?limit=1001, limit",
        "/api/v1/devices?limit=10&limit=20, limit",
        "/api/v1/devices?offset=10, offset",
        "/api/v1/devices?after=%20, after",
        "/api/v1/certificates?profile=UPPER, profile",
        "/api/v1/certificates?device=a&holder=device:b, holder",
        "/api/v1/certificates/12?issuer=devices, issuer",
        "/api/v1/audit/entries?after=-1, after",
        "/api/v1/codes/1234, id"
    })
    void namesTheParameterThatIsWrong(String path, String field) {
        ApiClient.Reply reply = admin.get(path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("field").asString("")).isEqualTo(field);
    }

    @Test
    void takesJsonAloneSoThatNoFormOnAWebPageCanCall() {
        assertThat(admin.post("/api/v1/devices", "text/plain", "{\"id\":\"s\"}").status())
                .isEqualTo(415);
        assertThat(admin.post("/api/v1/devices", "application/x-www-form-urlencoded", "id=s")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void boundsTheBody() {
        ApiClient.Reply reply = admin.post("/api/v1/devices", "{\"id\":\"" + "s".repeat(Call.MAX_BODY_BYTES) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.type()).isEqualTo("urn:nameplate:refusal:body-too-large");
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThat(admin.get("/api/v1/devices/nobody").type()).isEqualTo("urn:nameplate:refusal:not-found");
        assertThat(admin.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/nothing").contentType()).isEqualTo("application/problem+json");
        assertThat(admin.call("PUT", "/api/v1/devices", "{}").status()).isEqualTo(405);
    }
}
