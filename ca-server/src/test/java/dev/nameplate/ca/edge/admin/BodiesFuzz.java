package dev.nameplate.ca.edge.admin;

import java.util.List;

/** The body of every call of the API is what the call takes, or is refused with what is wrong in it. */
public final class BodiesFuzz {
    private static final ApiJson JSON = new ApiJson();
    private static final List<Class<?>> BODIES = List.of(
            ListedDevices.class,
            ListedSerials.class,
            NewBatch.class,
            NewBatchState.class,
            NewBundle.class,
            NewBundleEnd.class,
            NewBundlePage.class,
            NewBundleReport.class,
            NewCampaign.class,
            NewClosing.class,
            NewCode.class,
            NewDecommissioning.class,
            NewDevice.class,
            NewHold.class,
            NewKeys.class,
            NewOperator.class,
            NewOperatorCertificate.class,
            NewPlan.class,
            NewProgress.class,
            NewProof.class,
            NewPublication.class,
            NewPull.class,
            NewReason.class,
            NewRecipient.class,
            NewReservation.class,
            NewRevocation.class,
            NewStation.class,
            NewStationCode.class,
            NewStations.class,
            NewStep.class,
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
