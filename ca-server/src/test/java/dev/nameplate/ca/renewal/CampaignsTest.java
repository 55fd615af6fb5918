package dev.nameplate.ca.renewal;

import static dev.nameplate.ca.testkit.SampleProfiles.LDEVID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.SubjectKeys;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.CutOff;
import dev.nameplate.ca.testkit.MemoryAuditLog;
import dev.nameplate.ca.testkit.MemoryCampaigns;
import dev.nameplate.ca.testkit.MemoryPulls;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignsTest {
    private static final Goal TO_P256 = new Goal(Optional.of(KeyAlgorithm.EC_P256), Optional.empty());
    private static final Selector RSA = Selector.of(Map.of("key", "rsa-2048"));
    private static final Pull.Why WHY = new Pull.Why("away from RSA", Optional.empty());

    private final MutableClock clock = MutableClock.started();
    private final Instant begin = clock.instant();
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final MemoryPulls pulls = new MemoryPulls(audit);
    private final MemoryCampaigns store = new MemoryCampaigns(pulls);
    private final Campaigns campaigns =
            new Campaigns(store, new Pulls(pulls, clock, new SecureRandom()), profiles(), clock);
    private long serials = 1;

    @Test
    void tellsHowManyChangedTheirKeyAndWhoDidNot() {
        for (String device : List.of("a", "b", "c", "d")) {
            hold(device, KeyAlgorithm.RSA_2048, begin.minus(Duration.ofDays(10)), Duration.ofDays(100));
        }
        hold("e", KeyAlgorithm.EC_P256, begin.minus(Duration.ofDays(10)), Duration.ofDays(100));
        Campaign campaign = created(TO_P256, RSA);
        hold("a", KeyAlgorithm.EC_P256, begin.plus(Duration.ofDays(1)), Duration.ofDays(100));
        hold("b", KeyAlgorithm.RSA_2048, begin.plus(Duration.ofDays(1)), Duration.ofDays(100));

        assertThat(campaigns.progress(campaign)).isEqualTo(new Progress(4, 1, 1, 2, 0, 0));
        assertThat(stuck(campaign)).containsExactly("b WRONG", "c WAITING", "d WAITING");

        clock.advance(Duration.ofDays(8));
        assertThat(campaigns.progress(campaign)).isEqualTo(new Progress(4, 1, 1, 0, 2, 0));
        clock.advance(Duration.ofDays(100));
        assertThat(campaigns.progress(campaign)).isEqualTo(new Progress(4, 1, 1, 0, 0, 2));
    }

    @ParameterizedTest
    @EnumSource(CutOff.Side.class)
    void isMadeOnceWhereverItsMakingIsCutOff(CutOff.Side side) {
        int at = 1;
        boolean cut = true;
        while (cut) {
            var log = new MemoryAuditLog();
            var myPulls = new MemoryPulls(log);
            var mine = new MemoryCampaigns(myPulls);
            CutOff cutOff = new CutOff(at, side);
            try {
                create(cutOff.seen(CampaignStore.class, mine), cutOff.seen(PullStore.class, myPulls));
            } catch (CutOff.Ended ended) {
                assertThat(cutOff.happened()).isTrue();
            }
            cut = cutOff.happened();

            create(mine, myPulls);

            assertThat(mine.newest(10)).as("%s %s", at, side).hasSize(1);
            assertThat(myPulls.inForce(10)).as("%s %s", at, side).hasSize(1);
            assertThat(log.actions()).as("%s %s", at, side).containsExactly("campaign.created");
            at++;
        }
        assertThat(at).as("every call was one to be cut off at").isGreaterThan(3);
    }

    private void create(CampaignStore into, PullStore pullsOf) {
        var window = new Window(clock.instant(), clock.instant().plus(Duration.ofDays(7)));
        new Campaigns(into, new Pulls(pullsOf, clock, new SecureRandom()), profiles(), clock)
                .create(new Campaigns.Aim("away from RSA", TO_P256, RSA), window, WHY, Cause.SYSTEM);
    }

    @Test
    void isMadeAnewWhenTheOneBeforeIsOver() {
        Campaign first = created(TO_P256, RSA);
        campaigns.stop(first.pull().id(), Cause.SYSTEM);

        assertThat(created(TO_P256, RSA).pull().id()).isNotEqualTo(first.pull().id());
    }

    @Test
    void namesTheStuckPageByPage() {
        for (String device : List.of("a", "b", "c")) {
            hold(device, KeyAlgorithm.RSA_2048, begin.minus(Duration.ofDays(10)), Duration.ofDays(100));
        }
        Campaign campaign = created(TO_P256, RSA);

        assertThat(campaigns.stragglers(campaign, Optional.of(new DeviceId("a")), 1))
                .extracting(straggler -> straggler.newest().device().value())
                .containsExactly("b");
    }

    @Test
    void countsWhoeverRenewedWhereNoKeyIsWanted() {
        hold("a", KeyAlgorithm.EC_P256, begin.minus(Duration.ofDays(10)), Duration.ofDays(100));
        Campaign campaign = created(Goal.RENEWED, Selector.of(Map.of("profile", "ldevid")));
        assertThat(campaigns.progress(campaign).waiting()).isOne();

        hold("a", KeyAlgorithm.EC_P256, begin.plus(Duration.ofDays(1)), Duration.ofDays(100));

        assertThat(campaigns.progress(campaign).done()).isOne();
    }

    @Test
    void pullsTheCohortForwardUntilItIsStopped() {
        Campaign campaign = created(TO_P256, RSA);
        assertThat(pulls.inForce(10)).containsExactly(campaign.pull());

        campaigns.stop(campaign.pull().id(), Cause.SYSTEM);

        assertThat(pulls.inForce(10)).isEmpty();
        assertThat(campaigns.find(campaign.pull().id()).orElseThrow().pull().cancelled())
                .isPresent();
        assertThat(audit.entriesAfter(0, 10))
                .extracting(entry -> entry.event().action())
                .containsExactly("campaign.created", "renewal.cancelled");
    }

    @Test
    void refusesAKeyThatNoProfileOfTheCohortAllows() {
        assertThat(objectionTo(
                        new Goal(Optional.of(KeyAlgorithm.EC_P384), Optional.empty()),
                        Selector.of(Map.of("profile", "ldevid"))))
                .contains("no profile of the cohort allows ec-p384", "profiles.ldevid");
    }

    @Test
    void refusesACohortThatIsThereAlready() {
        assertThat(objectionTo(TO_P256, Selector.of(Map.of("key", "ec-p256"))))
                .contains("is where the campaign wants them");
    }

    /** One, that allows nothing else any more than what all are to have. */
    private static Profiles profiles() {
        Profile usual = SampleProfiles.all().named(LDEVID);
        return new Profiles(List.of(new Profile(
                usual.name(),
                usual.issuer(),
                SubjectKeys.of(Set.of(KeyAlgorithm.EC_P256)),
                usual.validity(),
                usual.subject(),
                usual.usages(),
                usual.locations(),
                usual.renewal())));
    }

    private String objectionTo(Goal goal, Selector selector) {
        var refused = (Campaigns.Outcome.Refused) create(goal, selector);
        return ((Refusal.FieldWrong) refused.refusal()).why();
    }

    private Campaign created(Goal goal, Selector selector) {
        return ((Campaigns.Outcome.Done) create(goal, selector)).campaign();
    }

    private Campaigns.Outcome create(Goal goal, Selector selector) {
        Instant now = clock.instant();
        return campaigns.create(
                new Campaigns.Aim("away from RSA", goal, selector),
                new Window(now, now.plus(Duration.ofDays(7))),
                WHY,
                Cause.SYSTEM);
    }

    private List<String> stuck(Campaign campaign) {
        return campaigns.stragglers(campaign, Optional.empty(), 10).stream()
                .map(straggler -> straggler.newest().device() + " " + straggler.state())
                .toList();
    }

    private void hold(String device, KeyAlgorithm key, Instant issuedAt, Duration lasts) {
        store.hold(new HeldCertificate(
                new DeviceId(device),
                Map.of(),
                new SerialNumber(BigInteger.valueOf(serials++)),
                new IssuerGeneration(SampleProfiles.DEVICES, 1),
                LDEVID,
                Optional.of(key),
                issuedAt,
                issuedAt.plus(lasts)));
    }
}
