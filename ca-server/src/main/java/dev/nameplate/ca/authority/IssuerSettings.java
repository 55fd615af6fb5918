package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.KeySpec;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * An issuer or root as the settings want it. Messages name the key under the issuer.
 *
 * @param subject as in RFC 4514, the most specific name first: {@code CN=Example Device CA,O=Example,C=DE}
 * @param validity of its certificate, never beyond its parent's; empty means for ever (99991231235959Z)
 * @param pathLength how many CAs may follow below it
 * @param origin who signs its certificate
 * @param crl how its CRLs are published
 * @param token where the keys of new generations are made; the usual token if it says nothing
 */
public record IssuerSettings(
        IssuerName name,
        String subject,
        KeySpec key,
        Optional<Duration> validity,
        OptionalInt pathLength,
        Origin origin,
        CrlTerms crl,
        Optional<String> token) {
    /** Who signs an issuer's certificate. */
    public sealed interface Origin {
        /** It is a root. */
        record ItsOwnKey() implements Origin {}

        record Parent(IssuerName name) implements Origin {}

        /** A CA elsewhere: the request goes out, the chain comes in. */
        record Elsewhere() implements Origin {}
    }

    public IssuerSettings {
        if (validity.isPresent() && validity.get().compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("validity is less than a day: " + validity.get());
        }
        if (key == KeySpec.ED25519) {
            throw new IllegalArgumentException("key is ed25519, with which a token has to take a whole CRL at once; use"
                    + " ec-p256, ec-p384 or RSA, with which it signs a CRL of any size");
        }
        if (pathLength.isPresent() && pathLength.getAsInt() < 0) {
            throw new IllegalArgumentException("path-length is negative");
        }
        if (origin instanceof Origin.Parent(IssuerName parent) && parent.equals(name)) {
            throw new IllegalArgumentException("parent is the issuer itself; leave it out for a root");
        }
        if (distinguishedName(subject).size() == 0) {
            throw new IllegalArgumentException("subject is empty; a CA has a name");
        }
    }

    /** With its keys in the usual token. */
    public IssuerSettings(
            IssuerName name,
            String subject,
            KeySpec key,
            Optional<Duration> validity,
            OptionalInt pathLength,
            Origin origin,
            CrlTerms crl) {
        this(name, subject, key, validity, pathLength, origin, crl, Optional.empty());
    }

    public X500Name distinguishedName() {
        return distinguishedName(subject);
    }

    private static X500Name distinguishedName(String text) {
        try {
            return IssuerSubject.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("subject: " + e.getMessage(), e);
        }
    }
}
