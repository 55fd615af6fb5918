package dev.nameplate.ca.revocation;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import java.util.Optional;

/** Looks up where certificates stand, as recorded: never from a cache, and what it returns is durable. */
@FunctionalInterface
public interface Standings {
    /** @return empty if this generation never issued this serial */
    Optional<Standing> of(IssuerGeneration issuer, SerialNumber serial);
}
