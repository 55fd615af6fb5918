package dev.nameplate.ca.factory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkOrdersTest {
    private static final BatchName NEXT = new BatchName("WO-2");

    private final Plant plant = Plant.with(5);

    @Test
    void makesNoBatchWhoseIssuerCannotSignYet() {
        WorkOrders beforeInit = orders(Set.of());

        BatchChange refused = beforeInit.create(NEXT, order(SampleProfiles.IDEVID), Set.of(), Plant.CAUSE);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        BatchChange.Refused.class,
                        no -> assertThat(no.refusal()).isInstanceOfSatisfying(Refusal.FieldWrong.class, wrong -> {
                            assertThat(wrong.field()).isEqualTo("profile");
                            assertThat(wrong.toString())
                                    .contains("the issuer devices of profile idevid has no certificate yet")
                                    .contains("nameplate init");
                        }));
        assertThat(plant.ca.store.factory().find(NEXT)).isEmpty();
        assertThat(orders(Set.of(SampleProfiles.DEVICES))
                        .create(NEXT, order(SampleProfiles.IDEVID), Set.of(), Plant.CAUSE))
                .isInstanceOf(BatchChange.Done.class);
    }

    @Test
    void makesNoBatchOfAProfileThatIsNotThere() {
        assertThat(plant.orders.create(NEXT, order(new ProfileName("nothing")), Set.of(), Plant.CAUSE))
                .isEqualTo(new BatchChange.Refused(new Refusal.FieldWrong("profile", "there is no profile nothing")));
    }

    private WorkOrders orders(Set<IssuerName> signing) {
        var store = plant.ca.store.factory();
        return new WorkOrders(store, store, store, plant.ca.profiles, signing::contains, plant.ca.clock);
    }

    private static WorkOrder order(ProfileName profile) {
        return new WorkOrder(
                "Sensor",
                profile,
                new WorkOrder.Keys(KeyOrigin.DEVICE, Protection.NONE),
                5,
                new Serials.Any(),
                Window.ALWAYS,
                new Patience(2, Optional.empty(), Patience.Unverified.LISTED));
    }
}
