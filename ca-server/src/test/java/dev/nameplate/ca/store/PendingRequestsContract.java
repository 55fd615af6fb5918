package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.approval.PendingId;
import dev.nameplate.ca.approval.PendingRequest;
import dev.nameplate.ca.approval.PendingRequest.State;
import dev.nameplate.ca.approval.PendingRequests;
import dev.nameplate.ca.approval.PendingRequests.Adding;
import dev.nameplate.ca.approval.PendingRequests.Bounds;
import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the requests that wait promise. */
interface PendingRequestsContract {
    Instant NOW = Samples.NOW;
    Bounds BOUNDS = new Bounds(3, 2);
    PendingRequest.Word YES = new PendingRequest.Word(
            Actor.of(Holder.of(new OperatorName("alice"))), NOW.plusSeconds(5), Optional.of("known"));
    SerialNumber SERIAL = new SerialNumber(BigInteger.TEN);

    PendingRequests pending();

    AuditLog audit();

    @Test
    default void keepsWhatItIsGiven() {
        PendingRequest request = request(1);

        assertThat(add(request)).isEqualTo(new Adding.Added());

        assertThat(pending().find(request.id())).contains(request);
        assertThat(pending().find(request.request())).contains(request);
        assertThat(pending().in(State.WAITING, 10)).containsExactly(request);
        assertThat(audit().last().orElseThrow().event().action()).isEqualTo("enrolment.awaiting-approval");
    }

    @Test
    default void keepsTheFirstOfTwoThatAreTheSame() {
        PendingRequest first = request(1);
        add(first);

        assertThat(add(again(first, 2))).isEqualTo(new Adding.Before(first));
        assertThat(pending().newest(10)).containsExactly(first);
        assertThat(audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void takesTheSameAnewWhenItsTimeIsOver() {
        PendingRequest first = request(1);
        add(first);
        PendingRequest second = again(first, 2);

        assertThat(pending().add(second, BOUNDS, first.expiresAt(), event())).isEqualTo(new Adding.Added());
        assertThat(pending().find(second.request()).orElseThrow().id()).isEqualTo(second.id());
    }

    @Test
    default void letsAsManyWaitAsMay() {
        add(request(1));
        add(request(2));
        assertThat(add(request(3))).isEqualTo(new Adding.Full(true));

        add(of("sensor-18", 4));
        assertThat(add(of("sensor-19", 5))).isEqualTo(new Adding.Full(false));
    }

    @Test
    default void takesOneRequestUnderACode() {
        PendingRequest first = under("code:0011223344556677", 1);
        add(first);

        assertThat(add(under("code:0011223344556677", 2))).isEqualTo(new Adding.CodeSpent());
        assertThat(pending().waitsUnder("code:0011223344556677", NOW)).isTrue();
        assertThat(pending().waitsUnder("code:0011223344556677", first.expiresAt()))
                .isFalse();
        assertThat(pending().waitsUnder("code:8899aabbccddeeff", NOW)).isFalse();
    }

    @Test
    default void takesOneWordOnEach() {
        PendingRequest request = request(1);
        add(request);
        Instant until = NOW.plus(Duration.ofDays(9));

        assertThat(pending().decide(request.id(), State.APPROVED, YES, until, event()))
                .isTrue();
        assertThat(pending().decide(request.id(), State.REJECTED, YES, until, event()))
                .isFalse();

        PendingRequest decided = pending().find(request.id()).orElseThrow();
        assertThat(decided.state()).isEqualTo(State.APPROVED);
        assertThat(decided.decision()).contains(YES);
        assertThat(decided.expiresAt()).isEqualTo(until);
        assertThat(audit().entriesAfter(0, 10)).hasSize(2);
    }

    @Test
    default void grantsWhatIsApprovedOnce() {
        PendingRequest request = request(1);
        add(request);
        assertThat(pending().grant(request.id(), SERIAL, event())).isFalse();
        pending().decide(request.id(), State.APPROVED, YES, request.expiresAt(), event());

        assertThat(pending().grant(request.id(), SERIAL, event())).isTrue();
        assertThat(pending().grant(request.id(), SERIAL, event())).isFalse();

        PendingRequest granted = pending().find(request.id()).orElseThrow();
        assertThat(granted.state()).isEqualTo(State.GRANTED);
        assertThat(granted.serial()).contains(SERIAL);
        assertThat(audit().entriesAfter(0, 10)).hasSize(3);
    }

    @Test
    default void makesAnEndOfWhatIsOverAndSaysSoOfEach() {
        PendingRequest request = request(1);
        add(request);
        assertThat(pending().expire(request.expiresAt().minusSeconds(1), 10)).isEmpty();

        assertThat(pending().expire(request.expiresAt(), 10))
                .extracting(PendingRequest::id)
                .containsExactly(request.id());

        assertThat(pending().find(request.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(pending().expire(request.expiresAt(), 10)).isEmpty();
        assertThat(audit().last().orElseThrow().event().action()).isEqualTo("enrolment.expired");
    }

    @Test
    default void forgetsWhatEndedAndNothingElse() {
        PendingRequest ended = request(1);
        PendingRequest waiting = request(2);
        add(ended);
        add(waiting);
        pending().decide(ended.id(), State.REJECTED, YES, ended.expiresAt(), event());

        pending().forget(ended.expiresAt());
        assertThat(pending().newest(10)).hasSize(2);

        pending().forget(ended.expiresAt().plusSeconds(1));
        assertThat(pending().newest(10)).containsExactly(waiting);
    }

    private Adding add(PendingRequest request) {
        return pending().add(request, BOUNDS, NOW, event());
    }

    private static PendingRequest request(int number) {
        return of("sensor-17", number);
    }

    private static PendingRequest of(String device, int number) {
        return request(device, "certificate:ab", number);
    }

    private static PendingRequest under(String credential, int number) {
        return request("sensor-17", credential, number);
    }

    private static PendingRequest request(String device, String credential, int number) {
        return new PendingRequest(
                new PendingId("000000000000000" + number),
                Sha256.of(new byte[] {(byte) number}),
                State.WAITING,
                new PendingRequest.Asked(
                        new DeviceId(device),
                        LabelName.NONE,
                        new ProfileName("ldevid"),
                        credential,
                        Purpose.ENROL,
                        Sha256.of(new byte[] {9}),
                        Map.of("subject", "CN=" + device)),
                NOW.plusSeconds(number),
                NOW.plus(Duration.ofDays(7)),
                Optional.empty(),
                Optional.empty());
    }

    private static PendingRequest again(PendingRequest first, int number) {
        PendingRequest other = request(number);
        return new PendingRequest(
                other.id(),
                first.request(),
                State.WAITING,
                first.asked(),
                first.askedAt().plusSeconds(60),
                first.expiresAt().plus(Duration.ofDays(7)),
                Optional.empty(),
                Optional.empty());
    }

    private static AuditEvent event() {
        return Cause.SYSTEM.event(NOW, "enrolment.awaiting-approval", "device:sensor-17", Map.of());
    }
}
