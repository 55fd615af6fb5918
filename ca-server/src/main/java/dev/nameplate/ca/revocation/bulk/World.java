package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.Sha256;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a selection found.
 *
 * @param digest over every certificate found and where it stood, whatever the order
 * @param issuers how many certificates by issuer generation
 * @param devices how many different devices have them
 * @param crlBytes by how much the issuers' CRLs grow, all together
 */
public record World(Sha256 digest, int certificates, Map<String, Integer> issuers, int devices, long crlBytes) {
    public World {
        issuers = Collections.unmodifiableMap(new TreeMap<>(issuers));
    }
}
