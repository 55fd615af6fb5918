package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_ALREADY_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED;

import dev.nameplate.hsm.NoSuchTokenException;
import dev.nameplate.hsm.TokenRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.StaticLogger;
import org.xipki.pkcs11.wrapper.Token;

/**
 * A PKCS#11 library in this process. C_Initialize and C_Finalize act on the whole process, so there must be one of these per
 * library file: two vaults on one library share it. Loading a library that somebody else in the process has initialised is
 * refused, because each would finalise it under the other.
 *
 * <p>Calls hold a read lock, starting over a write lock: session and object numbers start again after C_Initialize, and a call
 * with an old number would meet someone else's session or key.
 */
public final class CryptokiModule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CryptokiModule.class);

    private final Path path;
    private final PKCS11Module cryptoki;
    private final ReadWriteLock calls = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private final AtomicLong generation = new AtomicLong(1);

    private CryptokiModule(Path path, PKCS11Module cryptoki) {
        this.path = path;
        this.cryptoki = cryptoki;
    }

    /**
     * Loads and initialises a library.
     *
     * @throws NoSuchTokenException if there is no such library, or it is none
     * @throws TokenRefusedException if it does not initialise, or is in use by another part of this process
     */
    public static CryptokiModule load(Path path) {
        if (!Files.isReadable(path)) {
            throw new NoSuchTokenException(
                    "token.module " + path + " is not there or cannot be read; give the path of a PKCS#11 library");
        }
        StaticLogger.setLogger(new WrapperLog());
        try {
            PKCS11Module cryptoki = PKCS11Module.getInstance(path.toString());
            cryptoki.initialize();
            return new CryptokiModule(path, cryptoki);
        } catch (IOException notALibrary) {
            throw new NoSuchTokenException(
                    "token.module " + path + " is not a PKCS#11 library that loads here", notALibrary);
        } catch (PKCS11Exception refused) {
            throw new TokenRefusedException(initialisationFailure(path, refused), refused);
        }
    }

    /** The number of this initialisation; sessions and handles of an earlier one are dead. */
    long generation() {
        return generation.get();
    }

    Path path() {
        return path;
    }

    PKCS11Module cryptoki() {
        return cryptoki;
    }

    /** Runs native calls while nobody starts the library over. */
    <T> T call(NativeCall<T> call) throws PKCS11Exception, TokenLoss {
        calls.readLock().lock();
        try {
            return call.run();
        } finally {
            calls.readLock().unlock();
        }
    }

    /**
     * C_Finalize and C_Initialize, unless somebody did it since.
     *
     * @return whether the library is initialised anew; {@code false} if calls under way did not end within the
     *     patience, or the library was closed for good
     */
    boolean startOver(long seenGeneration, Duration patience) throws PKCS11Exception, InterruptedException {
        if (!calls.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            if (closed) {
                return false;
            }
            if (generation.get() == seenGeneration) {
                generation.incrementAndGet();
                finalizeLibrary();
                initializeLibrary();
            }
            return true;
        } finally {
            calls.writeLock().unlock();
        }
    }

    /** The tokens that answer, each with its label. Slots whose token does not answer are left out. */
    List<LabelledToken> tokens() throws PKCS11Exception {
        List<LabelledToken> tokens = new ArrayList<>();
        for (Slot slot : cryptoki.getSlotList(true)) {
            Token token = slot.getToken();
            try {
                if (token.getTokenInfo().isTokenInitialized()) {
                    tokens.add(new LabelledToken(token.getTokenInfo().getLabel().strip(), token));
                }
            } catch (PKCS11Exception silent) {
                LOG.debug("slot {} has a token that does not answer: {}", slot.getSlotID(), silent.getErrorName());
            }
        }
        return List.copyOf(tokens);
    }

    /** Finalises the library for this process. Close the vaults on it first. */
    @Override
    public void close() {
        calls.writeLock().lock();
        try {
            closed = true;
            generation.incrementAndGet();
            finalizeLibrary();
        } catch (PKCS11Exception refused) {
            LOG.warn("PKCS#11 library {} did not finalise: {}", path, refused.getErrorName());
        } finally {
            calls.writeLock().unlock();
        }
    }

    private void finalizeLibrary() throws PKCS11Exception {
        try {
            cryptoki.finalize(null);
        } catch (PKCS11Exception refused) {
            if (refused.getErrorCode() != CKR_CRYPTOKI_NOT_INITIALIZED) {
                throw refused;
            }
        }
    }

    private void initializeLibrary() throws PKCS11Exception {
        try {
            cryptoki.initialize();
        } catch (PKCS11Exception refused) {
            if (refused.getErrorCode() != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                throw refused;
            }
        }
    }

    private static String initialisationFailure(Path path, PKCS11Exception refused) {
        return refused.getErrorCode() == CKR_CRYPTOKI_ALREADY_INITIALIZED
                ? "PKCS#11 library " + path
                        + " is in use by another part of this process; let them share one CryptokiModule"
                : "PKCS#11 library " + path + " does not initialise: " + refused.getErrorName();
    }

    /** A token by the name it gives itself. */
    record LabelledToken(String label, Token token) {}

    /** Native calls of one piece of work. */
    @FunctionalInterface
    interface NativeCall<T> {
        T run() throws PKCS11Exception, TokenLoss;
    }
}
