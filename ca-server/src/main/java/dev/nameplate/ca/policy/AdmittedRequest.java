package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Proof that a request passed every check of its profile. Only {@link CsrPolicy} makes one. Of the CSR it has the key alone. */
public final class AdmittedRequest {
    private final Applicant applicant;
    private final Profile profile;
    private final SubjectKey key;
    private final X500Name subject;
    private final List<GeneralName> alternatives;
    private final Optional<IssuerGeneration> responderOf;

    AdmittedRequest(
            Applicant applicant, Profile profile, SubjectKey key, X500Name subject, List<GeneralName> alternatives) {
        this(applicant, profile, key, subject, alternatives, Optional.empty());
    }

    private AdmittedRequest(
            Applicant applicant,
            Profile profile,
            SubjectKey key,
            X500Name subject,
            List<GeneralName> alternatives,
            Optional<IssuerGeneration> responderOf) {
        this.applicant = applicant;
        this.profile = profile;
        this.key = key;
        this.subject = subject;
        this.alternatives = List.copyOf(alternatives);
        this.responderOf = responderOf;
    }

    /** To speak for what this generation issued, which only a certificate of its own can (RFC 6960, 4.2.2.2). */
    AdmittedRequest asResponderOf(IssuerGeneration generation) {
        return new AdmittedRequest(applicant, profile, key, subject, alternatives, Optional.of(generation));
    }

    /** The one generation that may issue this, active or not; else it is the profile's issuer, by its active one. */
    public Optional<IssuerGeneration> responderOf() {
        return responderOf;
    }

    public Holder holder() {
        return applicant.holder();
    }

    public LabelName label() {
        return applicant.label();
    }

    public Credential credential() {
        return applicant.credential();
    }

    public Profile profile() {
        return profile;
    }

    public SubjectPublicKeyInfo publicKey() {
        return key.info();
    }

    public Sha256 keyHash() {
        return key.hash();
    }

    /** What the registry says of the holder, by name. */
    public Map<String, String> attributes() {
        return applicant.attributes();
    }

    /** As the profile gives it; perhaps empty. */
    public X500Name subject() {
        return subject;
    }

    /** As the profile gives them; perhaps none. */
    public List<GeneralName> alternatives() {
        return alternatives;
    }
}
