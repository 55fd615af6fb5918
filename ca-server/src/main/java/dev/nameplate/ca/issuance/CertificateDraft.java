package dev.nameplate.ca.issuance;

import dev.nameplate.ca.authority.IssuerKey;
import dev.nameplate.ca.lint.Expected;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.policy.AdmittedRequest;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** A certificate before it is signed: everything in it is from the profile and the admitted identity, the key alone from outside. */
final class CertificateDraft {
    private final AdmittedRequest request;
    private final IssuerKey issuer;
    private final List<Extension> extensions;

    /** @param scope of the CRL that will list it, should it be revoked */
    CertificateDraft(AdmittedRequest request, IssuerKey issuer, CrlScope scope) {
        this.request = request;
        this.issuer = issuer;
        this.extensions = extensions(scope);
    }

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    TBSCertificate build(SerialNumber serial, Period period) {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial.value()));
        tbs.setSignature(issuer.signatory().algorithm());
        tbs.setIssuer(issuer.name());
        tbs.setStartDate(time(period.notBefore()));
        tbs.setEndDate(time(period.notAfter()));
        tbs.setSubject(request.subject());
        tbs.setSubjectPublicKeyInfo(request.publicKey());
        tbs.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
        return tbs.generateTBSCertificate();
    }

    /** What the profile says it is, told apart from how it was built. */
    Expected expected() {
        Profile profile = request.profile();
        return new Expected(
                false,
                profile.usages().keyUsageBits(),
                profile.usages().extendedKeyUsage().stream()
                        .map(ExtendedUse::type)
                        .collect(Collectors.toUnmodifiableSet()),
                extensions.stream().map(Extension::getExtnId).collect(Collectors.toUnmodifiableSet()));
    }

    private List<Extension> extensions(CrlScope scope) {
        List<Extension> all = new ArrayList<>(ProfileExtensions.of(request.profile(), scope, issuer.keyIdentifier()));
        all.add(ProfileExtensions.extension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(Keys.identifierOf(request.publicKey()))));
        if (!request.alternatives().isEmpty()) {
            boolean onlyName = request.subject().size() == 0;
            GeneralNames names = new GeneralNames(request.alternatives().toArray(GeneralName[]::new));
            all.add(ProfileExtensions.extension(Extension.subjectAlternativeName, onlyName, names));
        }
        return all;
    }

    private static Time time(Instant instant) {
        return new Time(Date.from(instant));
    }
}
