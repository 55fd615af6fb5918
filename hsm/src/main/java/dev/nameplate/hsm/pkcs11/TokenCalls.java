package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.VaultException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * Runs work on the token, and makes anew what was lost under it: first sessions and login, then the library. Each rung is
 * climbed once per call; after that the call fails as unavailable, and those behind it fail at once.
 */
final class TokenCalls implements AutoCloseable {
    private final CryptokiModule module;
    private final SessionPool sessions;
    private final Outage outage;
    private final TokenThreads threads;
    private final Duration patience;
    private final Lock recovering = new ReentrantLock();

    TokenCalls(CryptokiModule module, SessionPool sessions, Outage outage, Pkcs11Settings settings) {
        this.module = module;
        this.sessions = sessions;
        this.outage = outage;
        this.threads = new TokenThreads(settings);
        this.patience = settings.sessionWait();
    }

    /** Runs short work; see {@link #run(Duration, TokenWork)}. */
    <T> T run(TokenWork<T> work) {
        return run(patience, work);
    }

    /**
     * @param limit how long the work may take once it has a session
     * @throws VaultException for everything that a token can do to us
     */
    <T> T run(Duration limit, TokenWork<T> work) {
        outage.failFast();
        return threads.run(limit, () -> perform(work));
    }

    /** Runs short work that is often so quick that changing threads costs more than the work. */
    <T> T run(FastLane.Pace pace, TokenWork<T> work) {
        outage.failFast();
        return threads.runQuick(pace, patience, () -> perform(work));
    }

    /** Tries a token that is away, if a try is due. */
    void bringBack() {
        if (outage.confirmed()) {
            run(session -> true);
        }
    }

    void closeIdleSessions() {
        threads.run(patience, () -> {
            inModule(() -> {
                sessions.closeIdle();
                return true;
            });
            return true;
        });
    }

    @Override
    public void close() {
        threads.close();
        inModule(() -> {
            sessions.closeAll();
            return true;
        });
    }

    private <T> T perform(TokenWork<T> work) {
        Seen seen = new Seen(outage.recoveries(), sessions.epoch());
        if (outage.admitsTry()) {
            startOver(seen);
            return lastAttempt(seen, work);
        }
        try {
            return attempt(work);
        } catch (TokenLoss loss) {
            return afterLoss(seen, loss, work);
        }
    }

    private <T> T afterLoss(Seen seen, TokenLoss loss, TokenWork<T> work) {
        if (loss.depth() != TokenLoss.Depth.SESSIONS) {
            return afterModuleLoss(seen, loss, work);
        }
        sessions.invalidate(seen.epoch());
        try {
            return attempt(work);
        } catch (TokenLoss deeper) {
            return afterModuleLoss(seen, deeper, work);
        }
    }

    private <T> T afterModuleLoss(Seen seen, TokenLoss loss, TokenWork<T> work) {
        recoverModule(seen, loss);
        return lastAttempt(seen, work);
    }

    private <T> T lastAttempt(Seen seen, TokenWork<T> work) {
        try {
            T result = attempt(work);
            outage.end();
            return result;
        } catch (TokenLoss again) {
            if (again.depth() == TokenLoss.Depth.KEY) {
                outage.end();
                throw new KeyMissingException(again.reason(), again);
            }
            throw outage.confirm(seen.recoveries(), again.reason(), again);
        } catch (VaultException answered) {
            outage.end();
            throw answered;
        }
    }

    /** One call does it; those that lost the same library wait for that one and go on. */
    private void recoverModule(Seen seen, TokenLoss loss) {
        lockOrGiveUp(loss);
        try {
            if (module.generation() != seen.epoch().module()) {
                requirePresence(loss);
                return;
            }
            if (!outage.takeTry()) {
                throw tooSoon(seen, loss);
            }
            outage.suspect(seen.recoveries(), loss.reason());
            startOver(seen);
        } finally {
            recovering.unlock();
        }
    }

    private void requirePresence(TokenLoss loss) {
        if (outage.confirmed()) {
            throw outage.unavailable(loss.reason(), loss);
        }
    }

    private VaultException tooSoon(Seen seen, TokenLoss loss) {
        return loss.depth() == TokenLoss.Depth.KEY
                ? new KeyMissingException(loss.reason(), loss)
                : outage.confirm(seen.recoveries(), loss.reason(), loss);
    }

    private void startOver(Seen seen) {
        try {
            if (!module.startOver(seen.epoch().module(), patience)) {
                throw outage.confirm(
                        seen.recoveries(), "its library is closed, or has not answered for " + patience, null);
            }
            module.call(sessions::locate);
        } catch (PKCS11Exception refused) {
            throw outage.confirm(seen.recoveries(), "its library does not start: " + refused.getErrorName(), refused);
        } catch (TokenLoss stillAway) {
            throw outage.confirm(seen.recoveries(), stillAway.reason(), stillAway);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw outage.unavailable("the vault is closing", stopped);
        }
    }

    private void lockOrGiveUp(TokenLoss loss) {
        try {
            if (!recovering.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw outage.unavailable(loss.reason(), loss);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw outage.unavailable("the vault is closing", stopped);
        }
    }

    private <T> T attempt(TokenWork<T> work) throws TokenLoss {
        try {
            return module.call(() -> inSession(work));
        } catch (PKCS11Exception fault) {
            throw Faults.judge(fault);
        }
    }

    private <T> T inSession(TokenWork<T> work) throws PKCS11Exception, TokenLoss {
        TokenSession session = sessions.borrow();
        boolean sound = false;
        try {
            T result = work.on(session);
            sound = true;
            return result;
        } catch (VaultException answered) {
            sound = true;
            throw answered;
        } finally {
            if (sound) {
                sessions.giveBack(session);
            } else {
                sessions.discard(session);
            }
        }
    }

    private void inModule(CryptokiModule.NativeCall<Boolean> work) {
        try {
            module.call(work);
        } catch (PKCS11Exception | TokenLoss gone) {
            throw new IllegalStateException("closing sessions reports no faults", gone);
        }
    }

    /**
     * What a call goes by: what is found lost counts against this state only.
     *
     * @param recoveries of the outage, when the call began
     */
    private record Seen(long recoveries, Epoch epoch) {}
}
