package dev.nameplate.ca.issuance;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.policy.ServiceRequest;

/** Certificates of the CA's own: for its doors, its audit signer and its responders. They go the way of all others. */
public final class ServiceCertificates {
    private final CsrPolicy policy;
    private final Issuer issuer;

    public ServiceCertificates(CsrPolicy policy, Issuer issuer) {
        this.policy = policy;
        this.issuer = issuer;
    }

    /** The same key gets the same certificate until that is due; a new key, or a due certificate, gets a new one. */
    public Issuance issue(ServiceRequest request) {
        return issue(policy.admitService(request));
    }

    /** As {@link #issue}, by exactly this generation, to speak for it. */
    public Issuance issueResponder(ServiceRequest request, IssuerGeneration generation) {
        return issue(policy.admitResponder(request, generation));
    }

    private Issuance issue(Admission admission) {
        return switch (admission) {
            case Admission.Admitted(var admitted) -> issuer.issue(admitted, Cause.SYSTEM);
            case Admission.Refused(var refusal) -> new Issuance.Refused(refusal);
        };
    }
}
