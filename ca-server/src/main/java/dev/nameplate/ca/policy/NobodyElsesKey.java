package dev.nameplate.ca.policy;

import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** The key is neither the CA's nor another holder's. Says no more than that. */
final class NobodyElsesKey implements CsrCheck {
    private final KeyHolders holders;

    NobodyElsesKey(KeyHolders holders) {
        this.holders = holders;
    }

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return holders.holderOfKey(request.key().hash())
                .filter(holder -> !holder.equals(request.applicant().holder()))
                .map(holder -> new Refusal.KeyTaken());
    }
}
