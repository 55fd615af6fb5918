package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.MechanismMissingException;
import dev.nameplate.hsm.TokenFullException;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.VaultUnavailableException;
import dev.nameplate.hsm.WrongPinException;
import java.time.Duration;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** What each return value of PKCS#11 means to us: the one place where CKR codes are read. */
final class Faults {
    private static final Set<Long> STALE = Set.of(
            CKR_OBJECT_HANDLE_INVALID,
            CKR_KEY_HANDLE_INVALID,
            CKR_SESSION_HANDLE_INVALID,
            CKR_SESSION_CLOSED,
            CKR_USER_NOT_LOGGED_IN,
            CKR_OPERATION_ACTIVE,
            CKR_OPERATION_NOT_INITIALIZED);
    private static final Set<Long> LOST = Set.of(
            CKR_CRYPTOKI_NOT_INITIALIZED,
            CKR_GENERAL_ERROR,
            CKR_FUNCTION_FAILED,
            CKR_DEVICE_ERROR,
            CKR_DEVICE_REMOVED,
            CKR_TOKEN_NOT_PRESENT,
            CKR_TOKEN_NOT_RECOGNIZED,
            CKR_SLOT_ID_INVALID,
            CKR_HOST_MEMORY);
    private static final Set<Long> PIN = Set.of(
            CKR_PIN_INCORRECT,
            CKR_PIN_INVALID,
            CKR_PIN_LEN_RANGE,
            CKR_PIN_EXPIRED,
            CKR_PIN_LOCKED,
            CKR_USER_PIN_NOT_INITIALIZED);
    private static final Set<Long> FULL =
            Set.of(CKR_DEVICE_MEMORY, CKR_TOKEN_WRITE_PROTECTED, CKR_TOKEN_RESOURCE_EXCEEDED);
    private static final Set<Long> PERHAPS_FULL = Set.of(CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR);
    private static final Set<Long> NO_MECHANISM =
            Set.of(CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID, CKR_CURVE_NOT_SUPPORTED);
    private static final Set<Long> PERHAPS_INPUT = Set.of(
            CKR_GENERAL_ERROR,
            CKR_FUNCTION_FAILED,
            CKR_DEVICE_ERROR,
            CKR_WRAPPED_KEY_INVALID,
            CKR_WRAPPED_KEY_LEN_RANGE,
            CKR_ENCRYPTED_DATA_INVALID,
            CKR_ENCRYPTED_DATA_LEN_RANGE,
            CKR_DATA_INVALID,
            CKR_DATA_LEN_RANGE);
    private static final Set<Long> FORBIDDEN = Set.of(CKR_KEY_FUNCTION_NOT_PERMITTED, CKR_ACTION_PROHIBITED);

    private Faults() {}

    /**
     * Decides between telling the caller and making something anew.
     *
     * @return what to tell the caller
     * @throws TokenLoss if making something anew may help instead
     */
    static VaultException judge(PKCS11Exception fault) throws TokenLoss {
        long code = fault.getErrorCode();
        if (STALE.contains(code) || code >= CKR_VENDOR_DEFINED) {
            throw new TokenLoss(TokenLoss.Depth.SESSIONS, fault.getErrorName(), fault);
        }
        if (LOST.contains(code)) {
            throw new TokenLoss(TokenLoss.Depth.MODULE, fault.getErrorName(), fault);
        }
        return refusal(fault);
    }

    /** Whether a call that makes objects may have failed for want of room; tokens are vague about it. */
    static boolean mayBeFull(PKCS11Exception fault) {
        return PERHAPS_FULL.contains(fault.getErrorCode());
    }

    /** Whether a call may have failed for what it was given to open; tokens are vague about that, too. */
    static boolean mayBeTheInput(PKCS11Exception fault) {
        return PERHAPS_INPUT.contains(fault.getErrorCode());
    }

    static boolean alreadyLoggedIn(PKCS11Exception fault) {
        return fault.getErrorCode() == CKR_USER_ALREADY_LOGGED_IN;
    }

    static boolean aboutThePin(PKCS11Exception fault) {
        return PIN.contains(fault.getErrorCode());
    }

    private static VaultException refusal(PKCS11Exception fault) {
        long code = fault.getErrorCode();
        String name = fault.getErrorName();
        if (PIN.contains(code)) {
            return new WrongPinException("the token refuses the PIN: " + name, fault);
        }
        if (FULL.contains(code)) {
            return new TokenFullException("the token cannot store another key: " + name, fault);
        }
        if (NO_MECHANISM.contains(code)) {
            return new MechanismMissingException("the token does not know the algorithm: " + name, fault);
        }
        if (FORBIDDEN.contains(code)) {
            return new KeyNotAcceptableException("the token does not let the key do this: " + name, fault);
        }
        return code == CKR_SESSION_COUNT
                ? new VaultUnavailableException("the token has no session left: " + name, Duration.ofSeconds(1), fault)
                : new TokenRefusedException("the token answered " + name, fault);
    }
}
