package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.pki.DeviceId;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A device and the public key that it will enrol with.
 *
 * @param facts what else the manifest says, as model and group
 */
public record ManifestUnit(DeviceId id, SubjectPublicKeyInfo key, Map<String, String> facts) {
    public ManifestUnit {
        facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
    }
}
