package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/** Proof that all but the key of a request passed the checks of its profile. Only {@link CsrPolicy} makes one. */
public final class KeylessRequest {
    private final Applicant applicant;
    private final Profile profile;
    private final X500Name subject;
    private final List<GeneralName> alternatives;

    KeylessRequest(Applicant applicant, Profile profile, X500Name subject, List<GeneralName> alternatives) {
        this.applicant = applicant;
        this.profile = profile;
        this.subject = subject;
        this.alternatives = List.copyOf(alternatives);
    }

    Applicant applicant() {
        return applicant;
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

    AdmittedRequest with(SubjectKey key) {
        return new AdmittedRequest(applicant, profile, key, subject, alternatives);
    }
}
