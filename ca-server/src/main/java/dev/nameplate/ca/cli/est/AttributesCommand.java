package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.CsrTemplate;
import dev.nameplate.est.KeyWish;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate est csrattrs}. */
@Command(name = "csrattrs", description = "Shows what the server asks of certification requests.")
final class AttributesCommand extends EstCommand {
    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            CsrAttributes.CHALLENGE_PASSWORD, "challengePassword",
            CsrAttributes.EST_IDENTITY_LINKING, "estIdentityLinking",
            Extension.keyUsage, "keyUsage",
            Extension.extendedKeyUsage, "extendedKeyUsage",
            Extension.subjectAlternativeName, "subjectAltName");

    AttributesCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
    }

    @Override
    ExitCode run() throws IOException {
        try (EstClient client = client(Optional.empty())) {
            show(awaited(client::csrAttributes));
        }
        return ExitCode.DONE;
    }

    private void show(CsrAttributes asked) {
        List<String> lines = lines(asked);
        if (json()) {
            screen().println(JsonMapper.shared().writeValueAsString(Map.of("asked", lines)));
        } else if (lines.isEmpty()) {
            screen().println("the server asks for nothing");
        } else {
            lines.forEach(screen()::println);
        }
        screen().flush();
    }

    private static List<String> lines(CsrAttributes asked) {
        List<String> lines = new ArrayList<>();
        asked.types().forEach(type -> lines.add("attribute " + name(type)));
        asked.key().ifPresent(key -> lines.add("key " + text(key)));
        asked.extensions().forEach(extension -> lines.add("extension " + name(extension.getExtnId())));
        asked.template().ifPresent(template -> addTemplate(template, lines));
        return lines;
    }

    private static void addTemplate(CsrTemplate template, List<String> lines) {
        template.subject()
                .forEach(part -> lines.add("template subject " + BCStyle.INSTANCE.oidToDisplayName(part.type())
                        + part.value().map(value -> "=" + value).orElse(" to be filled in")));
        template.key().ifPresent(key -> lines.add("template key " + text(key)));
        template.extensions()
                .forEach(wanted -> lines.add("template extension " + name(wanted.type())
                        + (wanted.value().isPresent() ? "" : " to be filled in")));
        template.attributes().forEach(type -> lines.add("template attribute " + name(type)));
    }

    private static String text(KeyWish key) {
        String more = key.curve().map(curve -> " on the curve " + curve).orElse("");
        return key.type()
                + more
                + (key.rsaBits().isPresent() ? " of " + key.rsaBits().getAsInt() + " bits" : "");
    }

    private static String name(ASN1ObjectIdentifier type) {
        return NAMES.getOrDefault(type, type.getId());
    }
}
