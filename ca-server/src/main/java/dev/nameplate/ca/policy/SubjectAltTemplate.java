package dev.nameplate.ca.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;

/** The alternative names of a profile's certificates, in the order dns, ip, uri, email, hardware module. */
public final class SubjectAltTemplate {
    public static final SubjectAltTemplate NONE =
            new SubjectAltTemplate(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    private final List<Part> parts = new ArrayList<>();
    private final Optional<HardwareModule> hardware;

    private record Part(AltNameForm form, Template value) {}

    /**
     * A hardwareModuleName (RFC 4108, 5), as IEEE 802.1AR wants it in an IDevID.
     *
     * @param type the hardware's type, an object identifier
     * @param serial a template for its serial number
     */
    public record HardwareModule(String type, String serial) {
        public HardwareModule {
            if (ASN1ObjectIdentifier.tryFromID(type) == null) {
                throw new IllegalArgumentException(
                        "subject-alt-names.hardware-module.type is not an object identifier");
            }
            template("hardware-module.serial", serial);
        }
    }

    /** @throws IllegalArgumentException naming the key that is wrong, as in {@code subjectAltNames.dns} */
    public SubjectAltTemplate(
            List<String> dns,
            List<String> ip,
            List<String> uri,
            List<String> email,
            Optional<HardwareModule> hardware) {
        add(AltNameForm.DNS, dns);
        add(AltNameForm.IP, ip);
        add(AltNameForm.URL, uri);
        add(AltNameForm.EMAIL, email);
        this.hardware = hardware;
    }

    public static SubjectAltTemplate ofDns(String... names) {
        return new SubjectAltTemplate(List.of(names), List.of(), List.of(), List.of(), Optional.empty());
    }

    public boolean empty() {
        return parts.isEmpty() && hardware.isEmpty();
    }

    List<GeneralName> with(Variables variables) throws UnfitValueException {
        List<GeneralName> names = new ArrayList<>();
        for (Part part : parts) {
            String value = filled(part.value(), variables);
            names.add(part.form()
                    .name(value)
                    .orElseThrow(() -> new UnfitValueException(
                            "subject-alt-names." + part.form().key())));
        }
        if (hardware.isPresent()) {
            names.add(moduleName(hardware.get(), variables));
        }
        return names;
    }

    private void add(AltNameForm form, List<String> values) {
        for (String value : values) {
            Template template = template(form.key(), value);
            if (template.variables().isEmpty() && form.name(value).isEmpty()) {
                throw new IllegalArgumentException(
                        "subject-alt-names." + form.key() + " has a value of another form: " + value);
            }
            parts.add(new Part(form, template));
        }
    }

    private static Template template(String key, String value) {
        try {
            return new Template(value).onlyWith(Variables::ofHolders);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("subject-alt-names." + key + ": " + e.getMessage(), e);
        }
    }

    private static String filled(Template template, Variables variables) throws UnfitValueException {
        Optional<String> missing = template.missing(variables);
        if (missing.isPresent()) {
            throw new UnfitValueException(missing.get());
        }
        return template.with(variables);
    }

    private static GeneralName moduleName(HardwareModule module, Variables variables) throws UnfitValueException {
        String serial = filled(new Template(module.serial()), variables);
        DERSequence name = new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            new ASN1ObjectIdentifier(module.type()), new DEROctetString(serial.getBytes(StandardCharsets.UTF_8))
        });
        return new GeneralName(GeneralName.otherName, new OtherName(HARDWARE_MODULE_NAME, name));
    }
}
