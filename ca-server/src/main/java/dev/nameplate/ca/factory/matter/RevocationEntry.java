package dev.nameplate.ca.factory.matter;

import dev.nameplate.ca.lint.MatterIds;
import dev.nameplate.ca.pki.CertificateDer;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the vendor enters in Matter's distributed compliance ledger so that verifiers find the CRL of a PAA or PAI: a revocation
 * distribution point of type 1, a CRL of RFC 5280. Size and digest stay out of it, since a CRL changes without the ledger. The
 * vendor signs and sends the transaction; this CA has no account there.
 *
 * @param issuer the PAA or PAI whose CRL it is; it signs the CRL itself
 * @param label unique among the vendor's entries for this issuer, 1 to 64 characters
 * @param crl where the CRL is published; at most 256 characters
 * @param vendor the account's vendor id, in decimal on the ledger
 */
public record RevocationEntry(CertificateDer issuer, String label, URI crl, int vendor) {
    private static final Pattern LABEL = Pattern.compile("[\\x20-\\x7e&&[^\"'\\\\]]{1,64}");
    private static final int LONGEST_URL = 256;
    private static final int MOST = 0xFFFF;
    private static final int HEX = 16;
    private static final int CRL_OF_RFC_5280 = 1;
    private static final int COLUMNS = 64;

    public RevocationEntry {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("a label has 1 to 64 printable characters without quotes");
        }
        boolean fetched = "http".equals(crl.getScheme()) || "https".equals(crl.getScheme());
        if (!fetched || crl.toString().length() > LONGEST_URL) {
            throw new IllegalArgumentException("the CRL's place is not an http or https URL of at most 256 characters");
        }
        if (vendor < 1 || vendor > MOST) {
            throw new IllegalArgumentException("a vendor's id is 1 to 65535, not " + vendor);
        }
        Optional<Integer> scoped = vendorOf(issuer);
        if (scoped.isPresent() && scoped.get() != vendor) {
            throw new IllegalArgumentException("the issuer is of vendor " + scoped.get() + ", the entry of " + vendor);
        }
        if (!isCa(issuer)) {
            throw new IllegalArgumentException("the issuer is not a CA's certificate: a PAA or PAI is right");
        }
    }

    /** The vendor that the issuer's name gives, if it gives one: a PAA's need not. */
    public static Optional<Integer> vendorOf(CertificateDer issuer) {
        return MatterIds.of(issuer.parsed().getSubject()).vendor().map(id -> Integer.parseInt(id, HEX));
    }

    /** The message's members as the ledger names them. */
    public String json() {
        ObjectNode entry = JsonMapper.shared().createObjectNode();
        entry.put("vid", vendor);
        product().ifPresent(id -> entry.put("pid", id));
        entry.put("isPAA", isPaa());
        entry.put("label", label);
        entry.put("crlSignerCertificate", pem());
        entry.put("issuerSubjectKeyID", keyIdentifier());
        entry.put("dataURL", crl.toString());
        entry.put("revocationType", CRL_OF_RFC_5280);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(entry) + "\n";
    }

    /**
     * The same as a command of the ledger's own client.
     *
     * @param file where {@link #pem} was put
     */
    public String command(String file) {
        return "dcld tx pki add-revocation-point --vid=" + vendor
                + product().map(id -> " --pid=" + id).orElse("")
                + " --is-paa=" + isPaa()
                + " --certificate=\"" + file + "\" --label=\"" + label + "\" --data-url=\"" + crl
                + "\" --issuer-subject-key-id=" + keyIdentifier() + " --revocation-type=" + CRL_OF_RFC_5280
                + " --from=ACCOUNT";
    }

    /** The issuer's certificate as the ledger takes it. */
    public String pem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(issuer.octets())
                + "\n-----END CERTIFICATE-----\n";
    }

    private boolean isPaa() {
        return issuer.parsed().getIssuer().equals(issuer.parsed().getSubject());
    }

    private Optional<Integer> product() {
        return MatterIds.of(issuer.parsed().getSubject()).product().map(id -> Integer.parseInt(id, HEX));
    }

    private String keyIdentifier() {
        SubjectKeyIdentifier identifier =
                SubjectKeyIdentifier.fromExtensions(issuer.parsed().getExtensions());
        return HexFormat.of().withUpperCase().formatHex(identifier.getKeyIdentifier());
    }

    private static boolean isCa(CertificateDer certificate) {
        BasicConstraints constraints =
                BasicConstraints.fromExtensions(certificate.parsed().getExtensions());
        return constraints != null && constraints.isCA();
    }
}
