package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinnedKeyTest {
    private static final DeviceId DEVICE = new DeviceId("sensor-17");
    private static final Credential CODE = new Credential.Code(new CodeId("0011223344556677"));
    private final Request asked = Asked.of(Csrs.named("sensor-17"));
    private final Sha256 another = Sha256.of(new byte[] {1});

    @Test
    void refusesAnyKeyButTheOneThatWasRead() {
        assertThat(objection(CODE, Map.of(Device.PINNED_KEY, another.toString())))
                .contains(new Refusal.KeyNotHarvested(DEVICE));
        assertThat(objection(CODE, Map.of(Device.PINNED_KEY, asked.key().hash().toString())))
                .isEmpty();
    }

    @Test
    void leavesDevicesAloneOfWhichNoKeyWasRead() {
        assertThat(objection(CODE, Map.of())).isEmpty();
    }

    @Test
    void letsADeviceChangeItsKeyOnceItHasACertificate() {
        assertThat(objection(new Credential.OwnCertificate(another), Map.of(Device.PINNED_KEY, another.toString())))
                .isEmpty();
    }

    private Optional<Refusal> objection(Credential credential, Map<String, String> attributes) {
        var applicant = new Applicant(Holder.of(DEVICE), LabelName.NONE, credential, attributes);
        return new PinnedKey()
                .objectionTo(new Request(
                        asked.csr(), asked.key(), applicant, asked.profile(), asked.subject(), asked.alternatives()));
    }
}
