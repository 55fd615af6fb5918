package dev.nameplate.ca.issuance;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;

/** A signed certificate on its way into the ledger; nobody outside has it yet. */
public record NewCertificate(
        CertificateDer certificate,
        IssuerGeneration issuer,
        ProfileName profile,
        Holder holder,
        LabelName label,
        Credential credential,
        int round) {
    public RequestFingerprint request() {
        return RequestFingerprint.of(credential, label, certificate.keyHash());
    }
}
