package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.policy.Asking;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.KeyWish;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GET csrattrs on the wire. */
class CsrAttrsIT {
    private static final String PATH = "/.well-known/est/csrattrs";
    private static final Extension KEY_USAGE =
            new Extension(Extension.keyUsage, true, new DEROctetString(Hex.decode("03020780")));
    private static final Asking GATEWAY = new Asking(
            Optional.of(KeyAlgorithm.EC_P384),
            List.of(new Asking.Name(BCStyle.CN, Optional.empty())),
            List.of(KEY_USAGE),
            true,
            List.of(),
            false);

    private final EstDoor est = new EstDoor();

    @AfterEach
    void close() {
        est.close();
    }

    @Test
    void answersWithoutABodyWhereNothingIsAsked() throws IOException {
        est.ca.asking = GATEWAY;
        Heard heard = est.get(PATH);

        assertThat(heard.status()).isEqualTo(204);
        assertThat(heard.body()).isEmpty();
    }

    @Test
    void answersAnyoneInBase64OfDer() throws IOException {
        est.ca.asking = GATEWAY;
        Heard heard = est.get("/.well-known/est/asking-list/csrattrs");

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.headers())
                .containsEntry("Content-Type", "application/csrattrs")
                .containsEntry("Content-Transfer-Encoding", "base64")
                .containsEntry("Content-Length", String.valueOf(heard.body().length));
        assertThat(heard.text().lines()).allMatch(line -> line.length() <= 64);
    }

    @Test
    void asksInTheListForWhatAListCanSay() throws IOException {
        CsrAttributes asked = asked("asking-list");

        assertThat(asked.key()).contains(KeyWish.ec(SECObjectIdentifiers.secp384r1));
        assertThat(asked.extensions()).containsExactly(KEY_USAGE);
        assertThat(asked.template()).isEmpty();
    }

    @Test
    void asksInTheTemplateForNamesTooAndForBothInBoth() throws IOException {
        CsrAttributes template = asked("asking-template");
        CsrAttributes both = asked("asking-both");

        assertThat(template.key()).isEmpty();
        assertThat(template.template().orElseThrow().subject()).hasSize(1);
        assertThat(template.template().orElseThrow().key()).contains(KeyWish.ec(SECObjectIdentifiers.secp384r1));
        assertThat(template.template().orElseThrow().extensions())
                .extracting(wanted -> wanted.type())
                .containsExactly(Extension.keyUsage, Extension.subjectAlternativeName);
        assertThat(both.key()).isPresent();
        assertThat(both.template()).isEqualTo(template.template());
    }

    @Test
    void asksForALinkWhateverTheForm() throws IOException {
        est.ca.asking = new Asking(
                Optional.empty(), List.of(), List.of(), false, List.of(CsrAttributes.CHALLENGE_PASSWORD), false);

        assertThat(parsed(est.get(PATH)).types()).containsExactly(CsrAttributes.CHALLENGE_PASSWORD);
    }

    @Test
    void asksForAttestationWhereItIsRequired() throws IOException {
        est.ca.asking = new Asking(Optional.empty(), List.of(), List.of(), false, List.of(), true);

        assertThat(parsed(est.get(PATH)).types()).containsExactly(Evidence.ATTRIBUTE);
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        est.ca.asking = GATEWAY;

        assertThat(est.ask("HEAD", "/.well-known/est/asking-list/csrattrs", "", "")
                        .status())
                .isEqualTo(200);
    }

    private CsrAttributes asked(String label) throws IOException {
        est.ca.asking = GATEWAY;
        return parsed(est.get("/.well-known/est/" + label + "/csrattrs"));
    }

    private static CsrAttributes parsed(Heard heard) {
        assertThat(heard.status()).isEqualTo(200);
        return CsrAttributes.parse(Base64.getMimeDecoder().decode(heard.body()));
    }
}
