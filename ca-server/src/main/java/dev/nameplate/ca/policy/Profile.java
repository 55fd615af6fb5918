package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;

/** What certificates of one kind look like. Messages name the key under the profile in the settings. */
public record Profile(
        ProfileName name,
        IssuerName issuer,
        SubjectKeys keys,
        Validity validity,
        Subject subject,
        Usages usages,
        Locations locations,
        Renewal renewal) {

    /** The names a profile gives. */
    public record Subject(SubjectTemplate name, SubjectAltTemplate alternatives) {
        public static Subject of(String name) {
            return new Subject(SubjectTemplate.parse(name), SubjectAltTemplate.NONE);
        }
    }

    public Profile {
        if (validity instanceof Validity.Lasting lasting
                && renewal.window().compareTo(lasting.duration().minus(lasting.jitter())) >= 0) {
            throw new IllegalArgumentException(
                    "renewal.window is not shorter than the shortest validity: every certificate would be due at once");
        }
        if (usages.keyUsage().contains(KeyUse.KEY_ENCIPHERMENT)
                && !keys.allowed().stream().allMatch(key -> key.toString().startsWith("rsa-"))) {
            throw new IllegalArgumentException("usages.key-usage has keyEncipherment, which only RSA keys can do");
        }
        if (usages.keyUsage().contains(KeyUse.KEY_AGREEMENT)
                && !keys.allowed().stream().allMatch(key -> key.toString().startsWith("ec-"))) {
            throw new IllegalArgumentException("usages.key-usage has keyAgreement, which only EC keys can do");
        }
    }
}
