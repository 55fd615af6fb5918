package dev.nameplate.est;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;

/** Reading of scanned encodings through the library, with its many exceptions turned into our one. */
final class Asn1 {
    /** RFC 7030, 3.5 gives a challenge 255 bytes at most; RFC 7894 takes the same type. */
    private static final int MAX_STRING = 255;

    private Asn1() {}

    interface Reading<T> {
        T read() throws IOException;
    }

    /** @param what names the part in the error, "subject" */
    static <T> T reading(String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedMessageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library answers a wrong structure with whatever its internals meet, ClassCastException included.
            throw new MalformedMessageException(what + " is malformed: " + oneLine(e), e);
        }
    }

    static ASN1Sequence sequence(ASN1Encodable value, int minimum, int maximum, String what) {
        if (!(value.toASN1Primitive() instanceof ASN1Sequence sequence)) {
            throw new MalformedMessageException(what + " is not a SEQUENCE");
        }
        if (sequence.size() < minimum || sequence.size() > maximum) {
            String wanted = minimum == maximum ? "" + minimum : minimum + " to " + maximum;
            throw new MalformedMessageException(what + " has " + sequence.size() + " elements instead of " + wanted);
        }
        return sequence;
    }

    /** A string of one of the types that clients use for challenges, 1 to 255 characters. */
    static String string(ASN1Encodable value, String what) {
        if (!(value instanceof ASN1String string) || !isDirectoryString(value)) {
            throw new MalformedMessageException(what + " is not a PrintableString, UTF8String, IA5String or T61String");
        }
        String text = string.getString();
        if (text.isEmpty() || text.length() > MAX_STRING) {
            throw new MalformedMessageException(what + " has " + text.length() + " characters; 1 to 255 are allowed");
        }
        return text;
    }

    private static boolean isDirectoryString(ASN1Encodable value) {
        return value instanceof ASN1PrintableString
                || value instanceof ASN1UTF8String
                || value instanceof ASN1IA5String
                || value instanceof ASN1T61String
                || value instanceof ASN1BMPString;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? "wrong structure" : e.getMessage();
        String line = message.replaceAll("[^ -~]+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }
}
