package dev.nameplate.ca.adoption;

import dev.nameplate.ca.adoption.AdoptedHistory.Added;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.AdoptableIssuers;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.KeyClaims;
import dev.nameplate.ca.crl.CrlContent;
import dev.nameplate.ca.crl.CrlTimes;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.KeyUri;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes an issuer over from another CA: its key is in a token of ours already, its certificate and its history come in files. All of
 * it is looked at before any of it is recorded; only at the end is the issuer one of ours. Cut off anywhere, the same again goes on.
 */
public final class Adoption {
    private static final Duration SOON = Duration.ofDays(1);

    private final AdoptableIssuers issuers;
    private final AdoptedHistory history;
    private final KeyClaims claims;
    private final InstantSource clock;

    public Adoption(AdoptableIssuers issuers, AdoptedHistory history, KeyClaims claims, InstantSource clock) {
        this.issuers = issuers;
        this.history = history;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * What is to be taken over.
     *
     * @param chain the issuer's certificate first, then those above it
     * @param identity where certificates say which device they are for
     * @param profile by which they are renewed; needed where there are any
     * @param register whether devices that nobody registered are registered
     */
    public record Wish(
            IssuerName name,
            KeyUri key,
            List<CertificateDer> chain,
            Sources sources,
            IdentityField identity,
            Optional<ProfileName> profile,
            boolean register) {
        public Wish {
            chain = List.copyOf(chain);
        }
    }

    /**
     * What was found.
     *
     * @param adopted whether the issuer was one of ours already
     * @param kept whether the token says that the key never could leave it
     * @param crlNumber of the last CRL; the next one is above it
     */
    public record Findings(IssuerRecord issuer, boolean adopted, boolean kept, Tally tally, Optional<Long> crlNumber) {}

    /** What came of it. */
    public sealed interface Outcome {
        /** It could be taken over. Nothing was. */
        record Possible(Findings findings) implements Outcome {}

        record Adopted(Findings findings, Added added) implements Outcome {}

        /** @param problems each of them in words. Nothing was taken over */
        record Contradictory(List<String> problems) implements Outcome {
            public Contradictory {
                problems = List.copyOf(problems);
            }
        }

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** Looks, and changes nothing. */
    public Outcome look(Wish wish, Watch watch) throws IOException {
        return switch (issuers.examine(wish.name(), wish.key(), wish.chain())) {
            case AdoptableIssuers.Outcome.Refused(var refusal) -> new Outcome.Refused(refusal);
            case AdoptableIssuers.Outcome.Fit fit -> inspect(wish, fit, watch);
        };
    }

    /** Looks, and then takes over. */
    public Outcome adopt(Wish wish, Watch watch, Cause cause) throws IOException {
        Outcome looked = look(wish, watch);
        if (!(looked instanceof Outcome.Possible(var findings))) {
            return looked;
        }
        IssuerRecord issuer = findings.issuer();
        if (!claims.claimKey(issuer.chain().getFirst().keyHash(), Holder.ofCa("issuer-" + issuer.generation()))) {
            return new Outcome.Refused(
                    new Refusal.NotPossibleNow("issuer " + wish.name(), "its key is on record as somebody else's"));
        }
        Map<String, String> facts = facts(findings, wish);
        history.note(cause.event(clock.instant(), "issuer.adopting", "issuer:" + issuer.generation(), facts));
        List<PastCrl> crls = wish.sources().readCrls();
        Added added = take(wish, findings, crls, watch, cause);
        facts.put("added", added.certificates() + " certificates, " + added.serials() + " serials");
        facts.put("changed", Long.toString(added.changed()));
        facts.put("registered", Long.toString(added.devices()));
        Optional<PublishedCrl> last = Sources.newest(crls).map(crl -> published(crl, issuer));
        history.conclude(
                issuer, last, cause.event(clock.instant(), "issuer.adopted", "issuer:" + issuer.generation(), facts));
        return new Outcome.Adopted(findings, added);
    }

    private Outcome inspect(Wish wish, AdoptableIssuers.Outcome.Fit fit, Watch watch) throws IOException {
        IssuerRecord issuer = fit.issuer();
        var inspection = new Inspection(issuer.chain(), new DeviceNames(wish.identity()), watch);
        List<PastCrl> crls;
        try {
            crls = wish.sources().readCrls();
        } catch (IllegalArgumentException notACrl) {
            return new Outcome.Contradictory(List.of(String.valueOf(notACrl.getMessage())));
        }
        for (PastCrl crl : crls) {
            crl.objection(issuer.chain().getFirst())
                    .ifPresent(why -> inspection.wrong(crl.file().toString(), why));
        }
        for (PastReader reader : wish.sources().readers(crls)) {
            reader.read(inspection);
        }
        if (!inspection.problems().isEmpty()) {
            return new Outcome.Contradictory(inspection.problems());
        }
        Tally tally = inspection.tally();
        if (tally.certificates() > tally.nameless() && wish.profile().isEmpty()) {
            return new Outcome.Refused(new Refusal.FieldWrong(
                    "profile", "name the profile by which the certificates are renewed; its issuer is " + wish.name()));
        }
        Optional<Long> number =
                Sources.newest(crls).map(crl -> crl.number().orElseThrow().longValueExact());
        return new Outcome.Possible(new Findings(issuer, fit.adopted(), fit.kept(), tally, number));
    }

    private Added take(Wish wish, Findings findings, List<PastCrl> crls, Watch watch, Cause cause) throws IOException {
        var terms = new AdoptedHistory.Terms(
                wish.profile().orElse(new ProfileName("none")), LabelName.NONE, wish.register());
        var intake = new Intake(history, findings, terms, new DeviceNames(wish.identity()), cause, watch);
        for (PastReader reader : wish.sources().readers(crls)) {
            reader.read(intake);
            intake.flush();
        }
        return intake.added();
    }

    private static Map<String, String> facts(Findings findings, Wish wish) throws IOException {
        Map<String, String> facts = new TreeMap<>(wish.sources().hashes());
        IssuerRecord issuer = findings.issuer();
        facts.put("key", issuer.keyUri());
        facts.put("fingerprint", issuer.chain().getFirst().fingerprint().toString());
        Tally tally = findings.tally();
        facts.put("certificates", Long.toString(tally.certificates()));
        facts.put("serials", Long.toString(tally.serials()));
        facts.put("revoked", Long.toString(tally.revoked() + tally.held()));
        findings.crlNumber().ifPresent(number -> facts.put("crl-number", Long.toString(number)));
        return facts;
    }

    /** Whatever it says of the next one: that is due now. */
    private static PublishedCrl published(PastCrl crl, IssuerRecord issuer) {
        Instant from = crl.thisUpdate().truncatedTo(ChronoUnit.SECONDS);
        return new PublishedCrl(
                CrlScope.full(issuer.generation()),
                Math.max(1, crl.number().orElseThrow().longValueExact()),
                new CrlTimes(from, from.plus(SOON), from),
                new CrlContent(crl.entries(), crl.size(), crl.hash()),
                0);
    }
}
