package dev.nameplate.hsm;

import java.util.regex.Pattern;

/**
 * A key-encryption key in a vault, as the vault describes it.
 *
 * @param id tells it from every other (CKA_ID)
 * @param checkValue the first three octets of a block of zeros encrypted with it, in hexadecimal (CKA_CHECK_VALUE)
 * @param trusted the token lets it wrap keys that only trusted keys may wrap (CKA_TRUSTED). Tokens let their security officer
 *     alone say so, and a server does not have the officer's PIN
 */
public record KeyEncryptionKey(KeyId id, String label, String checkValue, boolean trusted) {
    private static final Pattern CHECK_VALUE = Pattern.compile("[0-9a-f]{6}");

    public KeyEncryptionKey {
        if (!CHECK_VALUE.matcher(checkValue).matches()) {
            throw new IllegalArgumentException("a key's check value has six hexadecimal digits, not " + checkValue);
        }
    }
}
