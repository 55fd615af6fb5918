package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.SerialNumber;
import java.util.List;

/** Certificates from before an adoption that came here without their octets. */
@FunctionalInterface
public interface AdoptedSerials {
    /** What is known of a serial without its certificate, of every issuer that has it. What is returned is durable. */
    List<AdoptedSerial> find(SerialNumber serial);
}
