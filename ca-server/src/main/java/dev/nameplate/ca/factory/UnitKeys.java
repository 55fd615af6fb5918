package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.refusal.Refusal;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Makes the keys of units that cannot make their own; they are gone from where they were made when it returns. */
public interface UnitKeys {
    /** What became of a wish for a key. */
    sealed interface Making {
        record Made(SubjectPublicKeyInfo key, KeyPackage wrapped) implements Making {}

        record Refused(Refusal refusal) implements Making {}
    }

    /** @param batch says how the key is protected, and by its profile of what kind it is */
    Making make(Batch batch, OperatorName station);
}
