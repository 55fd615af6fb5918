package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;

import dev.nameplate.hsm.NoSuchTokenException;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.TokenExistsException;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.WrongPinException;
import dev.nameplate.hsm.pkcs11.CryptokiModule.LabelledToken;
import java.nio.file.Path;
import java.util.Arrays;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** Makes a token in a free slot of a PKCS#11 library, such as SoftHSM: C_InitToken, then C_InitPIN. */
public final class TokenSetup {
    private static final int LABEL_BYTES = 32;

    private TokenSetup() {}

    /**
     * Makes a token.
     *
     * @param soPin the security officer's PIN, to be kept elsewhere than with the server
     * @param userPin the PIN the server logs in with
     * @throws TokenExistsException if a token has this label; it is left as it is
     * @throws NoSuchTokenException if there is no library, or no free slot in it
     * @throws WrongPinException if a PIN is too short or too long for the token; nothing was made then
     */
    public static void initialise(Path library, String label, Secret soPin, Secret userPin) {
        Pkcs11Settings.requireLabel(label);
        try (CryptokiModule module = CryptokiModule.load(library)) {
            refuseExisting(module, label);
            Slot free = freeSlot(module);
            requireLength("user", userPin, free.getToken().getTokenInfo());
            requireLength("security officer", soPin, free.getToken().getTokenInfo());
            initToken(module, free, label, soPin);
            initPin(token(module, label), soPin, userPin);
        } catch (PKCS11Exception refused) {
            throw new TokenRefusedException("token " + label + " was not made: " + refused.getErrorName(), refused);
        }
    }

    private static void refuseExisting(CryptokiModule module, String label) throws PKCS11Exception {
        if (module.tokens().stream().anyMatch(token -> token.label().equals(label))) {
            throw new TokenExistsException("a token labelled " + label + " exists already in " + module.path()
                    + "; it is left as it is, choose another label, as by --token-label");
        }
    }

    private static Slot freeSlot(CryptokiModule module) throws PKCS11Exception {
        for (Slot slot : module.cryptoki().getSlotList(true)) {
            if (!slot.getToken().getTokenInfo().isTokenInitialized()) {
                return slot;
            }
        }
        throw new NoSuchTokenException("no slot of " + module.path() + " has a token that is not initialised yet");
    }

    private static void requireLength(String whose, Secret pin, TokenInfo token) {
        if (pin.length() < token.getMinPinLen() || pin.length() > token.getMaxPinLen()) {
            throw new WrongPinException("the " + whose + " PIN has " + pin.length() + " characters; the token takes "
                    + token.getMinPinLen() + " to " + token.getMaxPinLen());
        }
    }

    private static void initToken(CryptokiModule module, Slot slot, String label, Secret soPin) throws PKCS11Exception {
        char[] pin = soPin.chars();
        try {
            module.cryptoki().getPKCS11Module().C_InitToken(slot.getSlotID(), pin, padded(label), true);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception refused) {
            throw module.cryptoki().convertException(refused);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private static void initPin(Token token, Secret soPin, Secret userPin) throws PKCS11Exception {
        char[] officer = soPin.chars();
        char[] user = userPin.chars();
        Session session = token.openSession(true);
        try {
            session.login(CKU_SO, officer);
            session.initPIN(user);
            session.logout();
        } finally {
            Arrays.fill(officer, '\0');
            Arrays.fill(user, '\0');
            session.closeSession();
        }
    }

    private static Token token(CryptokiModule module, String label) throws PKCS11Exception {
        return module.tokens().stream()
                .filter(token -> token.label().equals(label))
                .map(LabelledToken::token)
                .findFirst()
                .orElseThrow(() -> new NoSuchTokenException("token " + label + " was made and cannot be found"));
    }

    /** C_InitToken wants the label blank-padded to 32 bytes. */
    private static char[] padded(String label) {
        int blanks = LABEL_BYTES - label.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        return (label + " ".repeat(blanks)).toCharArray();
    }
}
