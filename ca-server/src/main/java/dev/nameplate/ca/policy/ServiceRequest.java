package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.ProfileName;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What the CA wants certified for itself.
 *
 * @param purpose what the key is for, as in {@code door-device}; the profile's {@code ${service.name}}
 * @param names host names and IP addresses that are put into the certificate beside those of the profile
 */
public record ServiceRequest(String purpose, ProfileName profile, SubjectPublicKeyInfo key, List<String> names) {
    public ServiceRequest {
        names = List.copyOf(names);
    }
}
