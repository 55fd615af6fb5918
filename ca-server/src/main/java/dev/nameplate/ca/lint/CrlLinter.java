package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DerStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.Time;

/**
 * Checks a CRL that is about to be signed against RFC 5280 (5.1 to 5.3) and against what it should be: reads it once, as a
 * receiver would, and hashes on the way exactly what it reads.
 */
public final class CrlLinter {
    private static final int BUFFER = 64 * 1024;

    /**
     * @param tbs the octets to be signed ({@code TBSCertList}), and nothing after them; closed afterwards
     * @param hash of the signature algorithm, fresh
     * @throws LintFailedException with every finding about the list, or the first one about an entry
     * @throws IOException if they cannot be read
     */
    public LintedCrl lint(InputStream tbs, MessageDigest hash, ExpectedCrl expected) throws IOException {
        List<String> findings = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(new DigestInputStream(tbs, hash), BUFFER)) {
            long entries = new Reading(new DerStream(in), expected, findings).whole();
            if (in.read() >= 0) {
                findings.add("something follows after it");
            }
            require(findings);
            return new LintedCrl(hash.digest(), entries);
        } catch (DerStream.NotDerException | EOFException | IllegalArgumentException e) {
            throw new LintFailedException(List.of("it does not parse: " + e.getMessage()));
        }
    }

    private static void require(List<String> findings) {
        if (!findings.isEmpty()) {
            throw new LintFailedException(findings);
        }
    }

    /** One pass over the fields, in their order. */
    private record Reading(DerStream der, ExpectedCrl expected, List<String> findings) {
        private static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;
        private static final int CRL_EXTENSIONS = BERTags.CONTEXT_SPECIFIC | BERTags.CONSTRUCTED;
        private static final byte[] VERSION_2 = {BERTags.INTEGER, 1, 1};
        private static final int MOST_FIELD = 16 * 1024;
        private static final int MOST_ENTRY = 256;

        long whole() throws IOException {
            long end = der.enter(SEQUENCE) + der.position();
            names();
            times();
            long entries = der.peek() == SEQUENCE ? entries() : 0;
            if (entries != expected.entries()) {
                findings.add("it lists " + entries + " certificates, not " + expected.entries());
            }
            der.enter(CRL_EXTENSIONS);
            new CrlExtensionCheck(expected).check(Extensions.getInstance(der.element(MOST_FIELD)), findings::add);
            if (der.position() != end) {
                findings.add("its length is not that of its content");
            }
            return entries;
        }

        private void names() throws IOException {
            if (!Arrays.equals(der.element(MOST_FIELD), VERSION_2)) {
                findings.add("its version is not 2");
            }
            if (!Arrays.equals(
                    der.element(MOST_FIELD), encoded(expected.signatory().algorithm()))) {
                findings.add("its signature algorithm is not the issuer's");
            }
            X500Name issuer = expected.signatory()
                    .certificate()
                    .map(CertificateDer::parsed)
                    .orElseThrow()
                    .getSubject();
            if (!Arrays.equals(der.element(MOST_FIELD), encoded(issuer))) {
                findings.add("its issuer is not written as the subject of the issuer's certificate");
            }
        }

        private void times() throws IOException {
            time("thisUpdate", expected.thisUpdate());
            time("nextUpdate", expected.nextUpdate());
            if (!expected.nextUpdate().isAfter(expected.thisUpdate())) {
                findings.add("nextUpdate is not after thisUpdate");
            }
        }

        private void time(String field, Instant meant) throws IOException {
            Time time = Time.getInstance(ASN1Primitive.fromByteArray(der.element(MOST_FIELD)));
            TimeForm.check(field, time, meant, findings::add);
            if (!time.getDate().toInstant().equals(meant)) {
                findings.add(field + " is not what was meant");
            }
        }

        private long entries() throws IOException {
            long end = der.enter(SEQUENCE) + der.position();
            CrlEntryCheck check = new CrlEntryCheck(expected.thisUpdate());
            long entries = 0;
            while (der.position() < end) {
                check.check(der.element(MOST_ENTRY), findings::add);
                entries++;
                require(findings);
            }
            if (entries == 0) {
                findings.add("its list is there though nothing is in it (RFC 5280, 5.1.2.6)");
            }
            return entries;
        }

        private static byte[] encoded(ASN1Object object) throws IOException {
            return object.getEncoded(ASN1Encoding.DER);
        }
    }
}
