package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.device.Attestation;
import dev.nameplate.ca.device.CmcSigner;
import dev.nameplate.ca.device.Decision;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.ManufacturerAnchor;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.edge.est.AnswerLayout;
import dev.nameplate.ca.edge.est.AttributesForm;
import dev.nameplate.ca.edge.est.ChallengeForm;
import dev.nameplate.ca.edge.est.ServedLabel;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.est.EstLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One of {@code labels}. */
final class LabelPart {
    private static final List<String> USUAL_WAYS = List.of("certificate", "code");

    private final String path;
    private final Home home;
    private final Profiles profiles;
    private final Problems problems;

    LabelPart(String path, Home home, Profiles profiles, Problems problems) {
        this.path = path;
        this.home = home;
        this.profiles = profiles;
        this.problems = problems;
    }

    ServedLabel read(String name, SettingsFile.Label label) {
        return problems.whole(problems.at(path, () -> whole(name, label)));
    }

    private ServedLabel whole(String name, SettingsFile.Label label) {
        LabelName labelName = new LabelName(new EstLabel(name).value());
        ProfileName profileName = new ProfileName(problems.required(path + ".profile", label.profile()));
        Profile profile = profiles.find(profileName)
                .orElseThrow(() -> new IllegalArgumentException("profile is not among profiles: " + profileName));
        EnrolmentLabel enrolment = new EnrolmentLabel(
                labelName,
                profileName,
                or(label.ways(), USUAL_WAYS).stream().map(Way::parse).collect(Collectors.toSet()),
                or(label.manufacturers(), Map.<String, SettingsFile.Manufacturer>of()).entrySet().stream()
                        .map(entry -> anchor(entry.getKey(), entry.getValue()))
                        .toList(),
                new EnrolmentLabel.Terms(
                        Linking.parse(or(label.linking(), "when-given")),
                        decision(label),
                        Attestation.parse(or(label.attestation(), "when-given")),
                        IdentityField.parse(or(label.raNames(), "common-name"))));
        return new ServedLabel(
                enrolment,
                profile.issuer(),
                AnswerLayout.parse(or(label.base64(), "as-asked")),
                options(label, profile));
    }

    /** Renewals go by the rules unless it says otherwise: whoever was let in once keeps its certificate alive. */
    private static Decision decision(SettingsFile.Label label) {
        SettingsFile.Decision decision = label.decision();
        if (decision == null) {
            return Decision.OF_THE_RULES;
        }
        var by = Decision.By.parse(or(decision.by(), "rules"));
        List<String> on = or(decision.on(), by == Decision.By.RULES ? List.<String>of() : List.of("enrol"));
        return new Decision(by, on.stream().map(Purpose::parse).collect(Collectors.toSet()));
    }

    private static ServedLabel.Options options(SettingsFile.Label label, Profile profile) {
        return new ServedLabel.Options(
                AttributesForm.parse(or(label.csrAttributes(), "none")),
                profile.keys().serverMade().isPresent() && decision(label).equals(Decision.OF_THE_RULES),
                or(label.cmc(), List.<String>of()).stream()
                        .map(CmcSigner::parse)
                        .collect(Collectors.toSet()),
                ChallengeForm.parse(or(label.digestChallenge(), "plain")));
    }

    private ManufacturerAnchor anchor(String name, SettingsFile.Manufacturer manufacturer) {
        String key = path + ".manufacturers." + name;
        Path file = home.resolve(problems.required(key + ".certificate-file", manufacturer.certificateFile()));
        return new ManufacturerAnchor(
                name,
                certificate(key, file),
                IdentityField.parse(or(manufacturer.identity(), "serial-number")),
                or(manufacturer.register(), false));
    }

    private static CertificateDer certificate(String key, Path file) {
        try (var content = Files.newInputStream(file)) {
            return CertificateDer.parse(CertificateFactory.getInstance("X.509")
                    .generateCertificate(content)
                    .getEncoded());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(key + ".certificate-file has no certificate in PEM or DER: " + file, e);
        }
    }
}
