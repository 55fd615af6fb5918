package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Map;

/** Requests of the device sensor-17, whose serial is SN-4711 and whose host name is gw.example.com. */
final class Asked {
    static final Map<String, String> ATTRIBUTES = Map.of("serial", "SN-4711", "dns", "gw.example.com");

    private Asked() {}

    static Applicant sensor17() {
        return new Applicant(
                Holder.of(new DeviceId("sensor-17")),
                LabelName.NONE,
                new Credential.Code(new CodeId("0011223344556677")),
                ATTRIBUTES);
    }

    static Request of(Csr csr) {
        return of(csr, SampleProfiles.ldevid());
    }

    static Request of(Csr csr, Profile profile) {
        try {
            Variables variables = sensor17().variables();
            return new Request(
                    csr,
                    new SubjectKey(csr.publicKey()),
                    sensor17(),
                    profile,
                    profile.subject().name().with(variables),
                    profile.subject().alternatives().with(variables));
        } catch (UnfitValueException e) {
            throw new AssertionError(e);
        }
    }
}
