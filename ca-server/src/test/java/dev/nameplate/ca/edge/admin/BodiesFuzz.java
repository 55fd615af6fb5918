package dev.nameplate.ca.edge.admin;

import java.util.List;

/** The body of every call of the API is what the call takes, or is refused with what is wrong in it. */
public final class BodiesFuzz {
    private static final ApiJson JSON = new ApiJson();
    private static final List<Class<?>> BODIES = List.of(
            NewBatch.class,
            NewBundle.class,
            NewBundleReport.class,
            NewCode.class,
            NewDevice.class,
            NewHold.class,
            NewOperator.class,
            NewPlan.class,
            NewPull.class,
            NewRevocation.class,
            NewUnitCertificate.class,
            NewUnits.class,
            PlanSeal.class);

    private BodiesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Class<?> body : BODIES) {
            try {
                JSON.write(JSON.read(input, body));
            } catch (MalformedCallException _) {
                // the one way to say no
            }
        }
    }
}
