package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Csr;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A CSR beside what its applicant would get.
 *
 * @param subject what the profile gives this applicant
 * @param alternatives the alternative names the profile gives
 */
record Request(
        Csr csr,
        SubjectKey key,
        Applicant applicant,
        Profile profile,
        X500Name subject,
        List<GeneralName> alternatives) {}
