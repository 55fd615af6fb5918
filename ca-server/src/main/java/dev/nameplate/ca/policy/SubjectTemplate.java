package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.NameStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;

/**
 * The subject of a profile's certificates. Its names are parsed once, from the template; values are put into them afterwards, so
 * that no value can add or change a name.
 */
public final class SubjectTemplate {
    /** No subject at all; the certificate then needs an alternative name. */
    public static final SubjectTemplate EMPTY = new SubjectTemplate("", List.of());

    private final String text;
    private final List<Part> parts;

    private record Part(ASN1ObjectIdentifier type, Template value) {}

    private SubjectTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * @param text as in RFC 4514, the most specific name first: {@code CN=${device.id},O=Example,C=DE}
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static SubjectTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        for (RDN rdn : new X500Name(NameStyle.NAMES, text).getRDNs()) {
            if (rdn.isMultiValued()) {
                throw new IllegalArgumentException("several values in one name (A=x+B=y) are not taken");
            }
            AttributeTypeAndValue first = rdn.getFirst();
            if (!(first.getValue() instanceof ASN1String value)) {
                throw new IllegalArgumentException("values are written as text, not as #hexadecimal");
            }
            parts.add(new Part(first.getType(), new Template(value.getString()).onlyWith(Variables::ofHolders)));
        }
        Collections.reverse(parts);
        return new SubjectTemplate(text, parts);
    }

    public boolean empty() {
        return parts.isEmpty();
    }

    /** The names, without the values that depend on whom they are for. */
    List<Asking.Name> asked() {
        return parts.stream()
                .map(part -> new Asking.Name(part.type(), fixed(part)))
                .toList();
    }

    private static Optional<ASN1Encodable> fixed(Part part) {
        try {
            return part.value().variables().isEmpty()
                    ? Optional.of(NameString.of(part.type(), part.value().text()))
                    : Optional.empty();
        } catch (UnfitValueException neverGiven) {
            return Optional.empty();
        }
    }

    X500Name with(Variables variables) throws UnfitValueException {
        X500NameBuilder name = new X500NameBuilder(NameStyle.NAMES);
        for (Part part : parts) {
            Optional<String> missing = part.value().missing(variables);
            if (missing.isPresent()) {
                throw new UnfitValueException(missing.get());
            }
            name.addRDN(part.type(), NameString.of(part.type(), part.value().with(variables)));
        }
        return name.build();
    }

    @Override
    public String toString() {
        return text;
    }
}
