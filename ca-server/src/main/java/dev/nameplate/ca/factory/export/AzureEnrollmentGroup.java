package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * For Azure's Device Provisioning Service: an enrolment group that accepts what a CA issued. Two certificates have a place: while a
 * CA is rotated, the new one is the second, and later the first.
 *
 * @param id 1 to 128 lower-case letters, digits and {@code . _ : -}, the last one no {@code -}
 * @param hub the IoT hub that its devices are assigned to
 */
public record AzureEnrollmentGroup(
        String id, CertificateDer primary, Optional<CertificateDer> secondary, Optional<String> hub) {
    private static final Pattern GROUP = Pattern.compile("[a-z0-9._:-]{0,127}[a-z0-9._:]");
    private static final Pattern REGISTRATION = Pattern.compile("[A-Za-z0-9._-]{0,127}[A-Za-z0-9]");

    public AzureEnrollmentGroup {
        if (!GROUP.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "an enrolment group's id has 1 to 128 lower-case letters, digits and . _ : -, and does not end in -");
        }
    }

    /** Whether a device of this name can register: the service takes the common name as the registration's id. */
    public static boolean takes(String commonName) {
        return REGISTRATION.matcher(commonName).matches();
    }

    /** JSON, as the service's {@code PUT /enrollmentGroups/ID} takes it. */
    public String json() {
        ObjectNode group = JsonMapper.shared().createObjectNode();
        group.put("enrollmentGroupId", id);
        ObjectNode attestation = group.putObject("attestation");
        attestation.put("type", "x509");
        ObjectNode certificates = attestation.putObject("x509").putObject("signingCertificates");
        certificates.putObject("primary").put("certificate", Pem.of(primary));
        secondary.ifPresent(second -> certificates.putObject("secondary").put("certificate", Pem.of(second)));
        hub.ifPresent(name -> group.put("iotHubHostName", name));
        group.put("provisioningStatus", "enabled");
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(group) + "\n";
    }
}
