package dev.nameplate.ca.issuance;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;

/**
 * A signed certificate on its way into the ledger; nobody outside has it yet.
 *
 * @param shard of the issuer's CRL in which it will be listed, should it be revoked; 0 for the full one only
 */
public record NewCertificate(
        CertificateDer certificate,
        IssuerGeneration issuer,
        ProfileName profile,
        Holder holder,
        LabelName label,
        Credential credential,
        int round,
        int shard) {
    public NewCertificate {
        if (shard < 0) {
            throw new IllegalArgumentException("shards are counted from 1, and 0 is none: " + shard);
        }
    }

    public RequestFingerprint request() {
        return RequestFingerprint.of(credential, label, certificate.keyHash());
    }
}
