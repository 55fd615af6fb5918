package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.AdmittedRequest;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationFeed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The steps of units, as stations and the office take them. The same call again gets the same answer. */
public final class Line {
    private final UnitRegister units;
    private final CertificateLedger ledger;
    private final Certifying certifying;
    private final UnitKeys keys;
    private final RevocationFeed feed;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Who decides on keys, and who signs. */
    public record Certifying(CsrPolicy policy, Issuer issuer) {}

    public Line(
            UnitRegister units,
            CertificateLedger ledger,
            Certifying certifying,
            UnitKeys keys,
            RevocationFeed feed,
            InstantSource clock,
            SecureRandom random) {
        this.units = units;
        this.ledger = ledger;
        this.certifying = certifying;
        this.keys = keys;
        this.feed = feed;
        this.clock = clock;
        this.random = random;
    }

    public Optional<UnitFacts> find(BatchName batch, DeviceId unit) {
        return units.find(batch, unit);
    }

    public UnitChange reserve(UnitWish wish, Caller caller, Cause cause) {
        return wish.objection()
                .<UnitChange>map(UnitChange.Refused::because)
                .orElseGet(() -> take(new Step.Reserve(wish.attributes()), wish.batch(), wish.unit(), caller, cause));
    }

    /** Any step but reserving, certifying and verifying. */
    public UnitChange take(Step step, BatchName batch, DeviceId unit, Caller caller, Cause cause) {
        UnitChange change = units.apply(new UnitOrder(step, caller, clock.instant(), cause), batch, unit);
        if (change instanceof UnitChange.Changed changed && changed.revokes().isPresent()) {
            feed.settle();
        }
        return change;
    }

    /** The unit signed its nonce, if {@link PossessionCheck} agrees. */
    public UnitChange verify(UnitSignature signed, Caller caller, Cause cause) {
        Optional<PossessionProof> proof = units.find(signed.batch(), signed.unit())
                .flatMap(UnitFacts::unit)
                .flatMap(unit -> proof(unit, signed));
        return proof.isPresent()
                ? take(new Step.Verify(proof.get()), signed.batch(), signed.unit(), caller, cause)
                : UnitChange.Refused.because(new Refusal.PossessionNotProved(signed.unit()));
    }

    /** The unit made its key itself. */
    public UnitIssuance issue(UnitWish wish, Csr csr, Caller caller, Cause cause) {
        UnitIssue issue = new UnitIssue(caller, wish.attributes(), clock.instant(), cause);
        Optional<UnitFacts> found = units.find(wish.batch(), wish.unit());
        if (found.isEmpty()) {
            return noBatch(wish.batch());
        }
        UnitFacts facts = found.get();
        Optional<Refusal> objection = wrongOrigin(facts.batch(), KeyOrigin.DEVICE)
                .or(wish::objection)
                .or(() -> objectionTo(issue, facts, csr.keyHash()));
        if (objection.isPresent()) {
            return new UnitIssuance.Refused(objection.get());
        }
        Admission admission = certifying
                .policy()
                .admitUnit(
                        device(facts, issue),
                        credential(facts),
                        facts.batch().order().profile(),
                        csr);
        return certify(admission, facts, issue, Optional.empty());
    }

    /** The unit's key is made here, and leaves wrapped. A unit that has one gets the same again. */
    public UnitIssuance inject(UnitWish wish, Caller caller, Cause cause) {
        UnitIssue issue = new UnitIssue(caller, wish.attributes(), clock.instant(), cause);
        Optional<UnitFacts> found = units.find(wish.batch(), wish.unit());
        if (found.isEmpty()) {
            return noBatch(wish.batch());
        }
        UnitFacts facts = found.get();
        Sha256 key = facts.unit()
                .filter(unit -> unit.state().unconfirmed() || unit.state().confirmed())
                .flatMap(Unit::certificate)
                .map(UnitCertificate::key)
                .orElseGet(this::drawn);
        Optional<Refusal> objection = wrongOrigin(facts.batch(), KeyOrigin.INJECTED)
                .or(wish::objection)
                .or(() -> objectionTo(issue, facts, key));
        if (objection.isPresent()) {
            return new UnitIssuance.Refused(objection.get());
        }
        Optional<IssuedCertificate> before = facts.unit()
                .filter(unit -> unit.certificate()
                        .filter(mine -> mine.key().equals(key))
                        .isPresent())
                .flatMap(this::present);
        return before.isPresent() ? answer(before.get(), facts.batch().name(), facts.id()) : make(facts, issue);
    }

    private UnitIssuance make(UnitFacts facts, UnitIssue issue) {
        return switch (keys.make(facts.batch(), issue.caller().name())) {
            case UnitKeys.Making.Refused(var refusal) -> new UnitIssuance.Refused(refusal);
            case UnitKeys.Making.Made(var key, var wrapped) -> {
                Admission admission = certifying
                        .policy()
                        .admitUnit(
                                device(facts, issue),
                                credential(facts),
                                facts.batch().order().profile(),
                                key);
                yield certify(admission, facts, issue, Optional.of(wrapped));
            }
        };
    }

    private UnitIssuance certify(Admission admission, UnitFacts facts, UnitIssue issue, Optional<KeyPackage> wrapped) {
        return switch (admission) {
            case Admission.Admitted(var admitted) -> certify(admitted, facts, issue, wrapped);
            case Admission.Refused(var refusal) -> refused(refusal, facts, issue);
        };
    }

    private UnitIssuance certify(
            AdmittedRequest admitted, UnitFacts facts, UnitIssue issue, Optional<KeyPackage> wrapped) {
        var recorder = new UnitRecorder(units, ledger, new UnitRecorder.Fresh(issue, facts.id(), drawn(), wrapped));
        Issuance issuance = certifying.issuer().recordingIn(recorder).issue(admitted, issue.cause());
        UnitIssuance answer = switch (issuance) {
            case Issuance.Issued(var certificate) ->
                recorder.recorded()
                        .<UnitIssuance>map(unit -> new UnitIssuance.Issued(certificate, unit, wrapped))
                        .orElseGet(() -> answer(certificate, facts.batch().name(), facts.id()));
            case Issuance.Refused(var refusal) -> refused(refusal, facts, issue);
        };
        if (!isFirstKey(answer)) {
            feed.settle();
        }
        return answer;
    }

    /** Nothing was revoked for it, so nobody has to be told. */
    private static boolean isFirstKey(UnitIssuance answer) {
        return answer instanceof UnitIssuance.Issued issued
                && issued.unit().effort().keys() == 1;
    }

    /** Two units with one key are an alarm. */
    private UnitIssuance refused(Refusal refusal, UnitFacts facts, UnitIssue issue) {
        if (refusal instanceof Refusal.KeyTaken) {
            units.tell(issue.cause()
                    .event(
                            issue.at(),
                            "unit.key-taken",
                            "unit:" + facts.id(),
                            Map.of("batch", facts.batch().name().toString())));
        }
        return new UnitIssuance.Refused(refusal);
    }

    private UnitIssuance answer(IssuedCertificate certificate, BatchName batch, DeviceId id) {
        Optional<Unit> now =
                units.find(batch, id).flatMap(UnitFacts::unit).filter(unit -> unit.has(certificate.serial()));
        return now.<UnitIssuance>map(unit -> new UnitIssuance.Issued(certificate, unit, units.wrappedKey(id)))
                .orElseGet(() -> new UnitIssuance.Refused(
                        new Refusal.UnitNotReady(id, "certified", "another key came in at the same time")));
    }

    private Optional<Refusal> objectionTo(UnitIssue issue, UnitFacts facts, Sha256 key) {
        Optional<UnitChange.Refused> refused = issue.objectionTo(facts, key);
        refused.flatMap(UnitChange.Refused::alarm).ifPresent(units::tell);
        return refused.map(UnitChange.Refused::refusal);
    }

    private static Optional<Refusal> wrongOrigin(Batch batch, KeyOrigin given) {
        return batch.order().keys().origin() == given
                ? Optional.empty()
                : Optional.of(new Refusal.NotPossibleNow(
                        "batch " + batch.name(),
                        "its keys are " + batch.order().keys().origin().word() + " keys"));
    }

    private static Device device(UnitFacts facts, UnitIssue issue) {
        return facts.deviceWith(issue.attributes(), issue.at());
    }

    private static Credential.Unit credential(UnitFacts facts) {
        return new Credential.Unit(facts.batch().name(), facts.id());
    }

    private static UnitIssuance noBatch(BatchName batch) {
        return new UnitIssuance.Refused(new Refusal.NotFound("batch " + batch));
    }

    private Optional<PossessionProof> proof(Unit unit, UnitSignature signed) {
        return unit.certificate()
                .filter(mine -> mine.serial().equals(signed.serial()))
                .flatMap(mine -> present(unit)
                        .flatMap(issued -> PossessionCheck.check(
                                unit.id(), issued.certificate(), mine.nonce(), signed.signature())));
    }

    private Optional<IssuedCertificate> present(Unit unit) {
        return unit.certificate()
                .flatMap(mine -> ledger.findBySerial(mine.serial()).stream()
                        .filter(issued -> issued.issuer().equals(mine.issuer()))
                        .findFirst());
    }

    /** 256 random bits. */
    private Sha256 drawn() {
        byte[] octets = new byte[Sha256.OCTETS];
        random.nextBytes(octets);
        return Sha256.fromOctets(octets);
    }
}
