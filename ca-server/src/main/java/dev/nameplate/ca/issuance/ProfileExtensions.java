package dev.nameplate.ca.issuance;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.Locations;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Usages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** The extensions that every certificate of one profile from one issuer has in common, encoded once. */
final class ProfileExtensions {
    private final Profile profile;
    private final List<Extension> extensions = new ArrayList<>();

    private ProfileExtensions(Profile profile) {
        this.profile = profile;
    }

    static List<Extension> of(Profile profile, CrlScope scope, byte[] issuersKey) {
        ProfileExtensions all = new ProfileExtensions(profile);
        all.add(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuersKey));
        all.addUsages();
        all.addLocations(scope);
        return List.copyOf(all.extensions);
    }

    static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(type, critical, new DEROctetString(value));
        } catch (IOException e) {
            throw new IllegalStateException("an extension always encodes", e);
        }
    }

    private void addUsages() {
        Usages usages = profile.usages();
        if (usages.saysNoCa()) {
            extensions.add(extension(Extension.basicConstraints, true, new BasicConstraints(false)));
        }
        if (!usages.keyUsage().isEmpty()) {
            extensions.add(extension(Extension.keyUsage, true, new KeyUsage(usages.keyUsageBits())));
        }
        if (!usages.extendedKeyUsage().isEmpty()) {
            KeyPurposeId[] purposes = usages.extendedKeyUsage().stream()
                    .map(ExtendedUse::type)
                    .map(KeyPurposeId::getInstance)
                    .toArray(KeyPurposeId[]::new);
            add(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes));
        }
        if (usages.ocspNoCheck()) {
            add(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, DERNull.INSTANCE);
        }
    }

    private void addLocations(CrlScope scope) {
        IssuerGeneration issuer = scope.issuer();
        Locations locations = profile.locations();
        if (!locations.policies().isEmpty()) {
            PolicyInformation[] policies = locations.policies().stream()
                    .map(policy -> new PolicyInformation(new ASN1ObjectIdentifier(policy)))
                    .toArray(PolicyInformation[]::new);
            add(Extension.certificatePolicies, new CertificatePolicies(policies));
        }
        List<GeneralName> crls = names(locations.crlUrls(scope));
        if (!crls.isEmpty()) {
            DistributionPointName name = new DistributionPointName(new GeneralNames(crls.toArray(GeneralName[]::new)));
            DistributionPoint[] points = {new DistributionPoint(name, null, null)};
            add(Extension.cRLDistributionPoints, new CRLDistPoint(points));
        }
        List<AccessDescription> access = new ArrayList<>();
        names(Locations.of(locations.ocspUrls(), issuer))
                .forEach(url -> access.add(new AccessDescription(AccessDescription.id_ad_ocsp, url)));
        names(Locations.of(locations.caIssuersUrls(), issuer))
                .forEach(url -> access.add(new AccessDescription(AccessDescription.id_ad_caIssuers, url)));
        if (!access.isEmpty()) {
            add(
                    Extension.authorityInfoAccess,
                    new AuthorityInformationAccess(access.toArray(AccessDescription[]::new)));
        }
    }

    private void add(ASN1ObjectIdentifier type, ASN1Encodable value) {
        extensions.add(extension(type, false, value));
    }

    private static List<GeneralName> names(List<String> urls) {
        return urls.stream()
                .map(url -> new GeneralName(GeneralName.uniformResourceIdentifier, url))
                .toList();
    }
}
