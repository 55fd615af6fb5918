package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** For which devices registration authorities speak: for every one that is registered and active. */
public final class Registrars {
    private final DeviceRegistry devices;

    public Registrars(DeviceRegistry devices) {
        this.devices = devices;
    }

    /** Its request is not from a TLS session of its own, and the authority is who asked. */
    public Authentication onBehalf(RegistrationAuthority authority, DeviceId named) {
        Optional<Device> device = devices.find(named);
        if (device.isEmpty()) {
            return new Authentication.NotIdentified(new Refusal.DeviceUnknown(named));
        }
        if (device.get().state() != Device.State.ACTIVE) {
            return new Authentication.NotIdentified(
                    new Refusal.DeviceNotActive(named, device.get().state().word()));
        }
        var credential = new Credential.Registrar(
                authority.itself().certificate().orElseThrow().certificate().fingerprint());
        return new Authentication.Identified(
                new AuthenticatedDevice(device.get(), credential, Optional.empty()).spokenForBy(authority));
    }
}
