package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.MalformedMessageException;
import java.util.Map;

/** Whatever request can be read is admitted or refused. */
public final class PolicyFuzz {
    private static final TestCa CA = TestCa.founded().registered("sensor-17", Map.of());
    private static final AuthenticatedDevice SENSOR = CA.withCode("sensor-17");

    private PolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            CA.policy.admit(
                    SENSOR,
                    TestCa.label(SampleProfiles.LDEVID),
                    Requests.csr(EnrollRequest.parse(input).csr()));
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
