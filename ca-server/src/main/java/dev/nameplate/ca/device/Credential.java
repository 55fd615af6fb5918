package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;

/** What somebody proved their identity with. {@link #key} is the same for the same credential, for ever. */
public sealed interface Credential {
    /** Names the credential in a request fingerprint, as in {@code code:0011223344556677}. */
    String key();

    /** A certificate this CA issued, in the TLS session. */
    record OwnCertificate(Sha256 fingerprint) implements Credential {
        @Override
        public String key() {
            return "certificate:" + fingerprint;
        }
    }

    /** A manufacturer's certificate (IDevID, IEEE 802.1AR), in the TLS session. */
    record ManufacturerCertificate(Sha256 fingerprint) implements Credential {
        @Override
        public String key() {
            return "manufacturer:" + fingerprint;
        }
    }

    /** A one-time code. */
    record Code(CodeId id) implements Credential {
        @Override
        public String key() {
            return "code:" + id;
        }
    }

    /** The word of a registration authority, for a device (RFC 5272). */
    record Registrar(Sha256 fingerprint) implements Credential {
        @Override
        public String key() {
            return "registrar:" + fingerprint;
        }
    }

    /** An operator's word, for certificates of operators and stations. */
    record OperatorsWord(OperatorName operator) implements Credential {
        @Override
        public String key() {
            return "operator:" + operator;
        }
    }

    /** A unit of a factory's work order: it is certified because the order says so. */
    record Unit(BatchName batch, DeviceId unit) implements Credential {
        @Override
        public String key() {
            return "unit:" + batch + "/" + unit;
        }
    }

    /** The CA itself, for its doors, responders and the audit trail. */
    record Itself(String purpose) implements Credential {
        @Override
        public String key() {
            return "ca:" + purpose;
        }
    }
}
