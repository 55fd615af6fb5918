package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.DerStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.util.Arrays;

/** The octets to sign, {@code TBSCertList}: read as often as one likes. */
record Tbs(byte[] before, Spool entries, byte[] after) {
    static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;

    static Tbs of(TbsFields fields, Spool entries) throws IOException {
        byte[] before = fields.before();
        byte[] after = fields.after();
        // without entries there is no list, not an empty one (RFC 5280, 5.1.2.6)
        byte[] list = entries.entries() == 0 ? new byte[0] : DerStream.header(SEQUENCE, entries.octets());
        byte[] whole = DerStream.header(SEQUENCE, before.length + list.length + entries.octets() + after.length);
        return new Tbs(Arrays.concatenate(whole, before, list), entries, after);
    }

    long length() {
        return before.length + entries.octets() + after.length;
    }

    InputStream read() throws IOException {
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(before), entries.read(), new ByteArrayInputStream(after))));
    }
}
