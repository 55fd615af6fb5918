package dev.nameplate.ca.bench;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.enrollment.Enrollment;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.ca.testkit.TestToken;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.software.SoftwareVault;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CPU of one re-enrolment without door and database: admit, draft, lint, sign, verify, in microseconds. */
public final class IssueBench {
    private static final int ROUNDS = 6;
    private static final int REQUESTS = 3000;

    private IssueBench() {}

    /** With {@code softhsm}, and SOFTHSM2_CONF set to a file to write, keys are in a token. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("softhsm")) {
            try (TestToken token = TestToken.made();
                    KeyVault vault = token.open()) {
                measure("softhsm", vault);
            }
        } else {
            measure("software", new SoftwareVault("bench"));
        }
    }

    private static void measure(String name, KeyVault vault) {
        TestCa ca = TestCa.in(vault).registered("sensor-17", Map.of());
        EnrolmentLabel label = TestCa.label(SampleProfiles.LDEVID);
        var first = ca.enrollment.enroll(ca.withCode("sensor-17"), label, Csrs.named("sensor-17"), TestCa.REQUEST);
        AuthenticatedDevice device = ca.withCertificate(TestCa.issued(first).certificate(), Purpose.REENROL);
        var enrollment = new Enrollment(
                ca.applicants,
                ca.policy,
                new Issuer(new ForgetfulLedger(), ca.authorities, ca.linter, ca.clock, ca.random),
                ca.decisions,
                ca.attestations,
                ca.early,
                ca.clones);
        for (int round = 0; round < ROUNDS; round++) {
            List<Csr> csrs = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                csrs.add(Csrs.by(DeviceKey.p256()).subject("CN=sensor-17").csr());
            }
            long start = cpu();
            for (Csr csr : csrs) {
                if (!(ca.policy.admitRenewal(device, label, csr) instanceof Admission.Admitted)) {
                    throw new IllegalStateException("not admitted");
                }
            }
            long admitted = cpu();
            for (Csr csr : csrs) {
                TestCa.issued(enrollment.reenroll(device, label, csr, TestCa.REQUEST));
            }
            long issued = cpu();
            System.out.printf(
                    "%s: admit %.0f us, admit + issue %.0f us of thread CPU%n",
                    name, micros(admitted - start), micros(issued - admitted));
        }
    }

    private static double micros(long nanos) {
        return nanos / 1000.0 / REQUESTS;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
