package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeySpec;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** Passing keys that are given to this process: the key that wraps one comes from outside and is used once. */
final class GivenKeys {
    private final PassingKeys passing;

    GivenKeys(PassingKeys passing) {
        this.passing = passing;
    }

    /** @param wrappingKey 32 random octets; they belong to what is returned */
    DeviceKey make(Session session, KeySpec spec, byte[] wrappingKey) throws PKCS11Exception {
        long wrapping = session.createObject(KekTemplates.forOneKey(wrappingKey));
        try {
            PassingKeys.Wrapped made = passing.make(session, spec, wrapping, false);
            return DeviceKey.wrapped(made.publicKey(), made.octets(), wrappingKey);
        } finally {
            session.destroyObject(wrapping);
        }
    }
}
