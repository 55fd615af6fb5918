package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RO_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.WrongPinException;
import dev.nameplate.hsm.pkcs11.CryptokiModule.LabelledToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

/**
 * Logged-in sessions on one token, the one used last taken first. It hands out as many as are asked for: the number of calling
 * threads is the bound. Everything here runs inside {@link CryptokiModule#call}.
 */
final class SessionPool {
    private final CryptokiModule module;
    private final Pkcs11Settings settings;
    private final InstantSource clock;
    private final Deque<TokenSession> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong logins = new AtomicLong();
    private final AtomicInteger openSessions = new AtomicInteger();
    private final Lock opening = new ReentrantLock();
    private volatile @Nullable Place place;
    private volatile @Nullable String refusedPin;

    SessionPool(CryptokiModule module, Pkcs11Settings settings, InstantSource clock) {
        this.module = module;
        this.settings = settings;
        this.clock = clock;
    }

    Epoch epoch() {
        return new Epoch(module.generation(), logins.get());
    }

    TokenSession borrow() throws PKCS11Exception, TokenLoss {
        Epoch now = epoch();
        for (TokenSession next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.epoch().equals(now)) {
                return next;
            }
            discard(next);
        }
        return open();
    }

    void giveBack(TokenSession session) {
        if (session.epoch().equals(epoch())) {
            idle.addFirst(session.usedAt(clock.instant()));
        } else {
            discard(session);
        }
    }

    /** Closes a session, unless its number may be another's by now. */
    void discard(TokenSession session) {
        openSessions.decrementAndGet();
        if (session.epoch().module() == module.generation()) {
            session.close();
        }
    }

    /** Has every session and handle of that epoch made anew at its next use; nothing happens if that was done already. */
    void invalidate(Epoch seen) {
        logins.compareAndSet(seen.login(), seen.login() + 1);
    }

    void closeIdle() {
        Instant limit = clock.instant().minus(settings.sessionIdle());
        for (TokenSession oldest = idle.peekLast();
                oldest != null && !oldest.usedLast().isAfter(limit);
                oldest = idle.peekLast()) {
            if (idle.removeLastOccurrence(oldest)) {
                discard(oldest);
            }
        }
    }

    void closeAll() {
        for (TokenSession next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            discard(next);
        }
    }

    int openSessions() {
        return openSessions.get();
    }

    /** Lets the next call log in again after a PIN was refused. */
    void allowLogin() {
        refusedPin = null;
    }

    /** The one token of our label. */
    Token locate() throws PKCS11Exception, TokenLoss {
        Place known = place;
        if (known != null && known.generation() == module.generation()) {
            return known.token();
        }
        long generation = module.generation();
        List<Token> found = module.tokens().stream()
                .filter(token -> token.label().equals(settings.tokenLabel()))
                .map(LabelledToken::token)
                .toList();
        if (found.size() != 1) {
            throw new TokenLoss(
                    TokenLoss.Depth.MODULE,
                    found.size() + " tokens are labelled " + settings.tokenLabel() + "; one is right");
        }
        place = new Place(generation, found.getFirst());
        return found.getFirst();
    }

    /** One at a time, so that a wrong PIN is tried once and not by every waiting call. */
    private TokenSession open() throws PKCS11Exception, TokenLoss {
        opening.lock();
        try {
            Session session = locate().openSession(true);
            openSessions.incrementAndGet();
            return loggedIn(session);
        } finally {
            opening.unlock();
        }
    }

    private TokenSession loggedIn(Session session) throws PKCS11Exception {
        boolean done = false;
        try {
            login(session);
            done = true;
            return new TokenSession(session, epoch(), clock.instant());
        } finally {
            if (!done) {
                discard(new TokenSession(session, epoch(), clock.instant()));
            }
        }
    }

    private void login(Session session) throws PKCS11Exception {
        long state = session.getSessionInfo().getState();
        if (state == CKS_RW_USER_FUNCTIONS || state == CKS_RO_USER_FUNCTIONS) {
            return;
        }
        String refused = refusedPin;
        if (refused != null) {
            throw new WrongPinException(refused + "; not tried again, because tokens lock after a few wrong PINs");
        }
        try (Secret pin = settings.pin().get()) {
            login(session, pin);
        }
        logins.incrementAndGet();
    }

    private void login(Session session, Secret pin) throws PKCS11Exception {
        char[] chars = pin.chars();
        try {
            session.login(CKU_USER, chars);
        } catch (PKCS11Exception fault) {
            if (Faults.aboutThePin(fault)) {
                refusedPin = "token " + settings.tokenLabel() + " refuses the PIN: " + fault.getErrorName();
                throw new WrongPinException(refusedPin + "; correct token.pin", fault);
            }
            if (!Faults.alreadyLoggedIn(fault)) {
                throw fault;
            }
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private record Place(long generation, Token token) {}
}
