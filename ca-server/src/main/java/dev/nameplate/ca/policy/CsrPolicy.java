package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Decides what may become a certificate. Cheap checks come first, look-ups last. */
public final class CsrPolicy {
    private static final List<KeyCheck> OF_KEYS =
            List.of(new RsaStrength(), new AllowedKeys(), new KnownWeakKeys(), new WellFormedKey());
    private static final List<CsrCheck> OF_CONTENT =
            List.of(new KnownAttributes(), new KnownExtensions(), new RequestedUsages());
    private static final List<CsrCheck> OF_SIGNATURES = List.of(new SignatureHash());
    private static final List<CsrCheck> OF_OWN_NAMES =
            List.of(new OwnSubject(), new OwnAlternativeNames(), new PinnedKey());
    private static final List<CsrCheck> OF_OTHERS =
            List.of(new NoChallenges(), new OwnSubject(), new OwnAlternativeNames(), new PinnedKey());

    private static final List<CsrCheck> OF_NO_NAMES_TO_CHANGE =
            List.of(request -> Optional.of(new Refusal.AttributeNotSupported(
                    "changeSubjectName", "this session has no certificate of this CA whose names could change")));

    private final Profiles profiles;
    private final List<CsrCheck> ofTheKeyPair;

    public CsrPolicy(Profiles profiles, KeyHolders holders, Verifier verifier) {
        this.profiles = profiles;
        this.ofTheKeyPair = List.of(new ProofOfPossession(verifier), new NobodyElsesKey(holders));
    }

    /** A device's first certificate under a label, or another one. */
    public Admission admit(AuthenticatedDevice device, EnrolmentLabel label, Csr csr) {
        Optional<Refusal> objection = objectionTo(device, label, csr);
        return objection.isPresent()
                ? new Admission.Refused(objection.get())
                : admit(applicant(device, label), profiles.named(label.profile()), csr, ofNames(device, csr));
    }

    /** Names change together with the certificate that has them (RFC 7030, 4.2.1). */
    private static List<CsrCheck> ofNames(AuthenticatedDevice device, Csr csr) {
        if (!csr.attributes().contains(NameChange.ATTRIBUTE)) {
            return OF_OWN_NAMES;
        }
        return device.certificate()
                .map(KnownCertificate::certificate)
                .map(has -> List.of(new SameNames(has), new NewNames(has.parsed())))
                .orElse(OF_NO_NAMES_TO_CHANGE);
    }

    /** A certificate for a key that the CA will make (RFC 7030, 4.4.1): key and signature of the CSR are not looked at. */
    public KeylessAdmission admitWithoutKey(AuthenticatedDevice device, EnrolmentLabel label, Csr csr) {
        Applicant applicant = applicant(device, label);
        Profile profile = profiles.named(label.profile());
        Optional<Refusal> objection = objectionTo(device, label, csr);
        if (objection.isPresent()) {
            return new KeylessAdmission.Refused(objection.get());
        }
        try {
            X500Name subject = subject(applicant, profile);
            List<GeneralName> alternatives = alternatives(applicant, profile);
            var request = new Request(csr, new SubjectKey(csr.publicKey()), applicant, profile, subject, alternatives);
            return objectionTo(request, List.of(OF_CONTENT, OF_OWN_NAMES))
                    .<KeylessAdmission>map(KeylessAdmission.Refused::new)
                    .orElseGet(() -> new KeylessAdmission.Admitted(
                            new KeylessRequest(applicant, profile, subject, alternatives)));
        } catch (UnfitValueException e) {
            return new KeylessAdmission.Refused(applicant.incomplete(e.field()));
        }
    }

    /** The key that was made for it. */
    public Admission admitMadeKey(KeylessRequest request, SubjectPublicKeyInfo made) {
        SubjectKey key = new SubjectKey(made);
        return objectionTo(key, request.profile())
                .or(() -> PinnedKey.objectionTo(request.applicant(), key))
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> new Admission.Admitted(request.with(key)));
    }

    private static Optional<Refusal> objectionTo(AuthenticatedDevice device, EnrolmentLabel label, Csr csr) {
        return device.certificate()
                .flatMap(RenewsItself::superseded)
                .or(() -> LinkedToSession.objectionTo(device, label, csr));
    }

    /** A successor of the certificate of the TLS session (RFC 7030, 4.2.2). Its names are those the profile gives now. */
    public Admission admitRenewal(AuthenticatedDevice device, EnrolmentLabel label, Csr csr) {
        if (device.certificate().isEmpty()) {
            return new Admission.Refused(new Refusal.NothingToRenew(
                    "this session has no client certificate of this CA; a first one comes from simpleenroll"));
        }
        KnownCertificate renewed = device.certificate().get();
        Profile profile = profiles.named(label.profile());
        Optional<Refusal> objection =
                RenewsItself.objectionTo(renewed, profile).or(() -> LinkedToSession.objectionTo(device, label, csr));
        return objection.isPresent()
                ? new Admission.Refused(objection.get())
                : admit(applicant(device, label), profile, csr, ofRenewedNames(renewed.certificate(), profile));
    }

    private static List<CsrCheck> ofRenewedNames(CertificateDer renewed, Profile profile) {
        var same = new SameNames(renewed);
        return profile.renewal().names() == Renewal.NamesChange.REQUESTED
                ? List.of(same, new NewNames(renewed.parsed()))
                : List.of(same);
    }

    /** A certificate for the operator door, on an administrator's word. */
    public Admission admitOperator(OperatorName name, OperatorName administrator, ProfileName profile, Csr csr) {
        Applicant applicant =
                new Applicant(Holder.of(name), LabelName.NONE, new Credential.OperatorsWord(administrator), Map.of());
        return profiles.find(profile)
                .map(found -> admit(applicant, found, csr, OF_OTHERS))
                .orElseGet(() -> noProfile(profile));
    }

    /** A unit of a factory's order, which made its key itself. */
    public Admission admitUnit(Device device, Credential.Unit order, ProfileName profile, Csr csr) {
        Applicant applicant = Applicant.of(device, LabelName.NONE, order);
        return profiles.find(profile)
                .map(found -> admit(applicant, found, csr, OF_OTHERS))
                .orElseGet(() -> noProfile(profile));
    }

    /** A unit of a factory's order. Its key comes from inside, so there is nothing to prove, but it must be a good one. */
    public Admission admitUnit(Device device, Credential.Unit order, ProfileName profile, SubjectPublicKeyInfo key) {
        Applicant applicant = Applicant.of(device, LabelName.NONE, order);
        return profiles.find(profile)
                .map(found -> admit(applicant, found, new SubjectKey(key)))
                .orElseGet(() -> noProfile(profile));
    }

    /** A certificate of the CA's own. The key comes from inside, so there is nothing to prove, but it must be a good one. */
    public Admission admitService(ServiceRequest service) {
        Applicant applicant = new Applicant(
                Holder.ofCa(service.purpose()), LabelName.NONE, new Credential.Itself(service.purpose()), Map.of());
        Profile profile = profiles.named(service.profile());
        SubjectKey key = new SubjectKey(service.key());
        Optional<Refusal> objection = objectionTo(key, profile);
        if (objection.isPresent()) {
            return new Admission.Refused(objection.get());
        }
        try {
            List<GeneralName> alternatives = new ArrayList<>(alternatives(applicant, profile));
            for (String name : service.names()) {
                alternatives.add(AltNameForm.hostOrAddress(name).orElseThrow(() -> new UnfitValueException(name)));
            }
            return new Admission.Admitted(
                    new AdmittedRequest(applicant, profile, key, subject(applicant, profile), alternatives));
        } catch (UnfitValueException e) {
            return new Admission.Refused(applicant.incomplete(e.field()));
        }
    }

    /**
     * A certificate for a key that signs what OCSP says of this generation's certificates. Whose profile it is does not matter:
     * every generation issues its own.
     *
     * @throws IllegalArgumentException if the profile is not one of OCSP responders
     */
    public Admission admitResponder(ServiceRequest service, IssuerGeneration generation) {
        Profile profile = profiles.named(service.profile());
        if (!profile.usages().extendedKeyUsage().contains(ExtendedUse.OCSP_SIGNING)) {
            throw new IllegalArgumentException("profile " + profile.name()
                    + " makes no OCSP responders: its usages.extended-key-usage is not OCSPSigning");
        }
        return switch (admitService(service)) {
            case Admission.Admitted(var request) -> new Admission.Admitted(request.asResponderOf(generation));
            case Admission.Refused refused -> refused;
        };
    }

    private static Admission admit(Applicant applicant, Profile profile, SubjectKey key) {
        Optional<Refusal> objection = objectionTo(key, profile);
        if (objection.isPresent()) {
            return new Admission.Refused(objection.get());
        }
        try {
            return new Admission.Admitted(new AdmittedRequest(
                    applicant, profile, key, subject(applicant, profile), alternatives(applicant, profile)));
        } catch (UnfitValueException e) {
            return new Admission.Refused(applicant.incomplete(e.field()));
        }
    }

    private static Admission noProfile(ProfileName profile) {
        return new Admission.Refused(new Refusal.NotFound("profile " + profile));
    }

    private Admission admit(Applicant applicant, Profile profile, Csr csr, List<CsrCheck> ofNames) {
        SubjectKey key = new SubjectKey(csr.publicKey());
        Optional<Refusal> objection = objectionTo(key, profile);
        if (objection.isPresent()) {
            return new Admission.Refused(objection.get());
        }
        try {
            X500Name subject = subject(applicant, profile);
            List<GeneralName> alternatives = alternatives(applicant, profile);
            var request = new Request(csr, key, applicant, profile, subject, alternatives);
            objection = objectionTo(request, List.of(OF_CONTENT, OF_SIGNATURES, ofNames, ofTheKeyPair));
            return objection
                    .<Admission>map(Admission.Refused::new)
                    .orElseGet(() -> new Admission.Admitted(
                            new AdmittedRequest(applicant, profile, key, subject, alternatives)));
        } catch (UnfitValueException e) {
            return new Admission.Refused(applicant.incomplete(e.field()));
        }
    }

    private static Optional<Refusal> objectionTo(SubjectKey key, Profile profile) {
        for (KeyCheck check : OF_KEYS) {
            Optional<Refusal> objection = check.objectionTo(key, profile);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> objectionTo(Request request, List<List<CsrCheck>> all) {
        for (List<CsrCheck> checks : all) {
            for (CsrCheck check : checks) {
                Optional<Refusal> objection = check.objectionTo(request);
                if (objection.isPresent()) {
                    return objection;
                }
            }
        }
        return Optional.empty();
    }

    private static Applicant applicant(AuthenticatedDevice device, EnrolmentLabel label) {
        return Applicant.of(device.device(), label.name(), device.credential());
    }

    private static X500Name subject(Applicant applicant, Profile profile) throws UnfitValueException {
        return profile.subject().name().with(applicant.variables());
    }

    private static List<GeneralName> alternatives(Applicant applicant, Profile profile) throws UnfitValueException {
        return profile.subject().alternatives().with(applicant.variables());
    }
}
