package dev.nameplate.ca.testkit;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ExtendedUse;
import dev.nameplate.ca.policy.KeyUse;
import dev.nameplate.ca.policy.Locations;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Renewal;
import dev.nameplate.ca.policy.SubjectAltTemplate;
import dev.nameplate.ca.policy.SubjectKeys;
import dev.nameplate.ca.policy.SubjectTemplate;
import dev.nameplate.ca.policy.Usages;
import dev.nameplate.ca.policy.Validity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The profiles of the sample settings, and parts to change in them. */
public final class SampleProfiles {
    public static final ProfileName LDEVID = new ProfileName("ldevid");
    public static final ProfileName IDEVID = new ProfileName("idevid");
    public static final ProfileName GATEWAY = new ProfileName("gateway-tls");
    public static final ProfileName OPERATOR = new ProfileName("operator");
    public static final ProfileName STATION = new ProfileName("station");
    public static final ProfileName RESPONDER = new ProfileName("responder");
    public static final ProfileName DOOR = new ProfileName("door");
    public static final ProfileName AUDIT = new ProfileName("audit");
    public static final IssuerName DEVICES = new IssuerName("devices");

    public static final Locations PUBLIC = new Locations(
            List.of(),
            List.of("http://ca.example.com/crl/${issuer}.crl"),
            0,
            List.of("http://ca.example.com/ca/${issuer}.cer"),
            List.of("http://ca.example.com/ocsp"));

    private static final Set<KeyAlgorithm> ANY_GOOD = EnumSet.allOf(KeyAlgorithm.class);
    private static final Set<KeyUse> SIGNS = Set.of(KeyUse.DIGITAL_SIGNATURE);

    private SampleProfiles() {}

    public static Profiles all() {
        return new Profiles(
                List.of(ldevid(), idevid(), gateway(), operator(), station(), responder(), door(), audit()));
    }

    public static Profile ldevid() {
        return profile(LDEVID, lasting(365, 10), Profile.Subject.of("CN=${device.id}"), tls(ExtendedUse.CLIENT_AUTH));
    }

    public static Profile idevid() {
        return profile(
                IDEVID,
                new Validity.Until(Validity.FOREVER, Validity.USUAL_BACKDATE),
                Profile.Subject.of("CN=${device.id},serialNumber=${device.serial},O=Example"),
                Usages.of(SIGNS, Set.of()));
    }

    public static Profile gateway() {
        return profile(
                GATEWAY,
                lasting(90, 3),
                new Profile.Subject(
                        SubjectTemplate.parse("CN=${device.id}"), SubjectAltTemplate.ofDns("${device.dns}")),
                tls(ExtendedUse.SERVER_AUTH, ExtendedUse.CLIENT_AUTH));
    }

    public static Profile operator() {
        return profile(
                OPERATOR, lasting(365, 0), Profile.Subject.of("CN=${operator.name}"), tls(ExtendedUse.CLIENT_AUTH));
    }

    public static Profile station() {
        return profile(STATION, lasting(90, 0), Profile.Subject.of("CN=${device.id}"), tls(ExtendedUse.CLIENT_AUTH));
    }

    public static Profile responder() {
        return profile(
                RESPONDER,
                lasting(30, 0),
                Profile.Subject.of("CN=${service.name}"),
                new Usages(SIGNS, Set.of(ExtendedUse.OCSP_SIGNING), false, true));
    }

    public static Profile door() {
        return profile(DOOR, lasting(90, 0), Profile.Subject.of("CN=${service.name}"), tls(ExtendedUse.SERVER_AUTH));
    }

    public static Profile audit() {
        return profile(
                AUDIT,
                lasting(730, 0),
                Profile.Subject.of("CN=${service.name}"),
                Usages.of(
                        Set.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.NON_REPUDIATION),
                        Set.of(ExtendedUse.parse("documentSigning"))));
    }

    public static Profile with(Profile profile, Validity validity) {
        return new Profile(
                profile.name(),
                profile.issuer(),
                profile.keys(),
                validity,
                profile.subject(),
                profile.usages(),
                profile.locations(),
                profile.renewal());
    }

    public static Profile with(Profile profile, Renewal renewal) {
        return new Profile(
                profile.name(),
                profile.issuer(),
                profile.keys(),
                profile.validity(),
                profile.subject(),
                profile.usages(),
                profile.locations(),
                renewal);
    }

    public static Profile with(Profile profile, Set<KeyAlgorithm> keys) {
        return new Profile(
                profile.name(),
                profile.issuer(),
                SubjectKeys.of(keys),
                profile.validity(),
                profile.subject(),
                profile.usages(),
                profile.locations(),
                profile.renewal());
    }

    private static Profile profile(ProfileName name, Validity validity, Profile.Subject subject, Usages usages) {
        Renewal renewal = new Renewal(Duration.ofDays(20), Duration.ofDays(7));
        return new Profile(name, DEVICES, SubjectKeys.of(ANY_GOOD), validity, subject, usages, PUBLIC, renewal);
    }

    private static Validity lasting(int days, int jitter) {
        return new Validity.Lasting(Duration.ofDays(days), Validity.USUAL_BACKDATE, Duration.ofDays(jitter));
    }

    private static Usages tls(ExtendedUse... uses) {
        return Usages.of(SIGNS, Set.of(uses));
    }
}
