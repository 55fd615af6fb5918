package dev.nameplate.ca.lint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** CRL and AIA locations are absolute HTTP URLs; plain HTTP so that fetching needs no revocation check of its own (RFC 5280, 8). */
final class UrlForms implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        ASN1Encodable points = draft.value(Extension.cRLDistributionPoints);
        if (points != null) {
            for (DistributionPoint point : CRLDistPoint.getInstance(points).getDistributionPoints()) {
                check(point, finding);
            }
        }
        ASN1Encodable access = draft.value(Extension.authorityInfoAccess);
        if (access != null) {
            for (AccessDescription one :
                    AuthorityInformationAccess.getInstance(access).getAccessDescriptions()) {
                check("authorityInfoAccess", one.getAccessLocation(), finding);
            }
        }
    }

    private static void check(DistributionPoint point, Consumer<String> finding) {
        if (point.getDistributionPoint() == null) {
            finding.accept("a CRL distribution point has no name");
            return;
        }
        for (GeneralName name :
                GeneralNames.getInstance(point.getDistributionPoint().getName()).getNames()) {
            check("cRLDistributionPoints", name, finding);
        }
    }

    private static void check(String extension, GeneralName name, Consumer<String> finding) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier
                || !httpUrl(((ASN1String) name.getName()).getString())) {
            finding.accept(extension + " has a location that is not an http URL");
        }
    }

    private static boolean httpUrl(String text) {
        try {
            URI uri = new URI(text);
            return "http".equals(uri.getScheme()) && uri.getHost() != null && uri.getFragment() == null;
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }
}
