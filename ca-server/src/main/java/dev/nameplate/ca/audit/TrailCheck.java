package dev.nameplate.ca.audit;

import java.util.Optional;

/** Checks a trail while it goes by, in order: each entry, then the seals that cover it last. Holds one entry. */
final class TrailCheck implements TrailVisitor<RuntimeException> {
    private final AuditChain chain = new AuditChain();
    private final AuditCertificates certificates;
    private Optional<AuditEntry> last = Optional.empty();
    private Optional<AuditSeal> lastSeal = Optional.empty();
    private Optional<AuditVerdict.Broken> broken = Optional.empty();

    TrailCheck(AuditCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public boolean entry(AuditEntry entry) {
        chain.objectionTo(last, entry).ifPresent(this::breakNext);
        last = Optional.of(entry);
        return broken.isEmpty();
    }

    @Override
    public boolean seal(AuditSeal seal) {
        objectionTo(seal).ifPresent(fault -> breakAt(seal.number(), fault));
        lastSeal = Optional.of(seal);
        return broken.isEmpty();
    }

    /** Something stood where the next entry was due that is none. */
    void breakNext(AuditFault fault) {
        breakAt(AuditChain.numberAfter(last), fault);
    }

    /** @param due how many entries there must be */
    AuditVerdict verdict(long due) {
        if (broken.isEmpty() && AuditChain.numberAfter(last) <= due) {
            breakNext(AuditFault.TRUNCATED);
        }
        long entries = AuditChain.numberAfter(last) - 1;
        return broken.<AuditVerdict>map(it -> it)
                .or(() -> lastSeal.map(seal -> new AuditVerdict.Intact(entries, seal.number(), seal.at())))
                .orElseGet(() -> new AuditVerdict.Unsealed(entries));
    }

    private Optional<AuditFault> objectionTo(AuditSeal seal) {
        long here = AuditChain.numberAfter(last) - 1;
        if (seal.number() > here) {
            breakNext(AuditFault.TRUNCATED);
            return Optional.empty();
        }
        if (seal.number() < here) {
            return Optional.of(AuditFault.NUMBER);
        }
        if (last.filter(entry -> entry.hash().equals(seal.hash())).isEmpty()) {
            return Optional.of(AuditFault.SEAL_DIFFERS);
        }
        return certificates
                .signer(seal.signer(), seal.at())
                .map(signer -> SealedMessage.of(seal).signedBy(signer, seal.signature())
                        ? Optional.<AuditFault>empty()
                        : Optional.of(AuditFault.SEAL_SIGNATURE))
                .orElse(Optional.of(AuditFault.SEAL_SIGNER));
    }

    private void breakAt(long number, AuditFault fault) {
        if (broken.isEmpty()) {
            broken = Optional.of(new AuditVerdict.Broken(number, fault));
        }
    }
}
