package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Collection;
import java.util.Map;

/** Whoever asks, already authenticated, and what the records say of them. */
record Applicant(Holder holder, LabelName label, Credential credential, Map<String, String> attributes) {
    static Applicant of(Device device, LabelName label, Credential credential) {
        return new Applicant(Holder.of(device.id()), label, credential, device.attributes());
    }

    Variables variables() {
        return holder.kind() == Holder.Kind.DEVICE
                ? Variables.ofDevice(holder.name(), attributes)
                : Variables.of(holder);
    }

    Collection<String> values() {
        return attributes.values();
    }

    Refusal anothersName(String asked) {
        return holder.kind() == Holder.Kind.DEVICE
                ? new Refusal.NotItsOwnName(new DeviceId(holder.name()), asked)
                : new Refusal.FieldWrong("csr", "it names " + asked + ", not " + holder.name());
    }

    Refusal incomplete(String field) {
        return holder.kind() == Holder.Kind.DEVICE
                ? new Refusal.IdentityIncomplete(new DeviceId(holder.name()), field)
                : new Refusal.FieldWrong("profile", "its template needs " + field);
    }
}
