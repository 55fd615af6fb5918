package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.rotation.KeyKeeper;
import dev.nameplate.ca.rotation.ServiceKey;
import dev.nameplate.ca.rotation.ServiceKeys;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A key of the CA's own in the token, and its certificate: made when first needed, renewed and replaced when due. What is held
 * goes on until there is something newer, so nothing pauses and nothing is lost where that does not work.
 */
final class OwnKey implements KeyKeeper {
    private final Core core;
    private final ServiceKeys keys;
    private final Wish wish;
    private final Watch watch;
    private final Lock making = new ReentrantLock();
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    /**
     * @param period after which the key is replaced
     * @param due whether the certificate is
     * @param issue has it certified
     */
    record Wish(
            ProfileName profile,
            String purpose,
            KeySpec spec,
            Duration period,
            Predicate<CertificateDer> due,
            Function<ServiceRequest, Issuance> issue) {}

    record Held(ServiceKey key, CertificateDer certificate, SigningKey signing) {}

    /** Hears whether it works. */
    interface Watch {
        Watch NOBODY = (_, _) -> {};

        /** Nothing is expected of the keys of this purpose any more. */
        default void over(String purpose) {}

        /** @param trouble why there is nothing newer although it is due; empty if all is well */
        void looked(KeyKeeper keeper, Optional<String> trouble);
    }

    OwnKey(Core core, Wish wish, Watch watch) {
        this.core = core;
        this.keys = core.ownKeys();
        this.wish = wish;
        this.watch = watch;
    }

    /** What signs now. Asks nobody while it is good. */
    Held current() {
        Held known = held.get();
        return known != null && !wish.due().test(known.certificate()) ? known : renew();
    }

    /** Looks whether there is, or has to be, something newer. */
    Held renew() {
        making.lock();
        try {
            Held newest = newest();
            held.set(newest);
            keys.uses(newest.key());
            watch.looked(this, Optional.empty());
            return newest;
        } catch (VaultException
                | LedgerUnavailableException
                | SigningUnavailableException
                | NotIssuedException trouble) {
            watch.looked(this, Optional.of(String.valueOf(trouble.getMessage())));
            Held known = held.get();
            if (known == null) {
                throw trouble;
            }
            return known;
        } finally {
            making.unlock();
        }
    }

    /** What is held, if anything was needed yet. */
    Optional<Held> held() {
        return Optional.ofNullable(held.get());
    }

    KeySpec spec() {
        return wish.spec();
    }

    @Override
    public String purpose() {
        return wish.purpose();
    }

    @Override
    public Optional<Instant> next() {
        return held().map(known -> known.key().madeAt().plus(wish.period()));
    }

    @Override
    public Optional<Instant> certificateEnds() {
        return held().map(known -> known.certificate().parsed().getNotAfter().toInstant());
    }

    private Held newest() {
        ServiceKey key = keys.current(wish.purpose(), wish.spec(), wish.period());
        Held known = held.get();
        return known != null
                        && known.key().name().equals(key.name())
                        && !wish.due().test(known.certificate())
                ? known
                : certified(key);
    }

    private Held certified(ServiceKey key) {
        SigningKey signing = core.vault().signingKey(KeyUri.parse(key.keyUri()));
        var request = new ServiceRequest(wish.purpose(), wish.profile(), signing.publicKey(), List.of());
        CertificateDer certificate = NotIssuedException.require(wish.issue().apply(request), wish.purpose() + " key")
                .certificate();
        return new Held(key, certificate, signing);
    }
}
