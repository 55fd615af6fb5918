package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.device.Registrars;
import dev.nameplate.ca.device.RegistrationAuthority;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** For whom a request is: for whoever brings it, or, where a registration authority does, for the device that it names. */
public final class Applicants {
    private final Registrars registrars;

    public Applicants(Registrars registrars) {
        this.registrars = registrars;
    }

    Authentication of(AuthenticatedDevice bringer, EnrolmentLabel label, Csr csr) {
        Optional<RegistrationAuthority> authority =
                label.accepts(Way.RA) ? RegistrationAuthority.of(bringer) : Optional.empty();
        return authority
                .map(speaker -> onBehalf(speaker, label, csr))
                .orElseGet(() -> new Authentication.Identified(bringer));
    }

    /** Its own certificate an authority gets like any device, where the label takes certificates. */
    private Authentication onBehalf(RegistrationAuthority authority, EnrolmentLabel label, Csr csr) {
        AuthenticatedDevice itself = authority.itself();
        Optional<DeviceId> named = named(csr, label.terms().named());
        if (named.isEmpty()) {
            return new Authentication.NotIdentified(new Refusal.FieldWrong(
                    "subject", "its " + label.terms().named() + " is not the id of a device, which an RA has to name"));
        }
        return named.get().equals(itself.device().id()) && label.accepts(Way.CERTIFICATE)
                ? new Authentication.Identified(itself)
                : registrars.onBehalf(authority, named.get());
    }

    private static Optional<DeviceId> named(Csr csr, IdentityField field) {
        List<String> names = Names.values(
                csr.subject(),
                switch (field) {
                    case COMMON_NAME -> BCStyle.CN;
                    case SERIAL_NUMBER -> BCStyle.SERIALNUMBER;
                });
        return names.size() == 1 ? DeviceId.from(names.getFirst()) : Optional.empty();
    }
}
