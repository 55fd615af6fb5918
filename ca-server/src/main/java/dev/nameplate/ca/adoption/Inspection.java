package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.ca.revocation.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Goes through all records before anything is taken over: what there is, and what contradicts the rest. Changes nothing. */
final class Inspection implements PastReader.Told {
    private static final int MOST_PROBLEMS = 20;

    private final List<CertificateDer> above;
    private final AsymmetricKeyParameter key;
    private final X500Name name;
    private final DeviceNames devices;
    private final Watch watch;
    private final Marks marks = new Marks();
    private final List<String> problems = new ArrayList<>();
    private long wrong;
    private long records;
    private long certificates;
    private long nameless;
    private long serials;
    private long revoked;
    private long held;

    /** @param chain of the issuer; its own certificates may be among the records of a CA */
    Inspection(List<CertificateDer> chain, DeviceNames devices, Watch watch) {
        this.above = chain;
        this.devices = devices;
        this.watch = watch;
        var issuer = chain.getFirst().parsed();
        this.name = issuer.getSubject();
        try {
            this.key = PublicKeyFactory.createKey(issuer.getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new IllegalArgumentException("a CA's public key cannot be parsed", e);
        }
    }

    @Override
    public void past(String where, Past past) {
        watch.looked(++records);
        if (past.certificate().filter(above::contains).isPresent()) {
            return;
        }
        if (past.certificate().isPresent()) {
            certificate(where, past.certificate().get());
        } else if (past.notAfter().isPresent()) {
            listed(where, past.serial());
        } else if (!marks.hasCertificate(past.serial()) && marks.say(past.serial(), Marks.Saying.LISTED)) {
            serials++;
        }
        standing(past);
    }

    @Override
    public void wrong(String where, String why) {
        wrong++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(where + ": " + why);
        }
    }

    /** What is wrong, the first of it; empty if nothing is. */
    List<String> problems() {
        if (wrong > problems.size()) {
            List<String> shown = new ArrayList<>(problems);
            shown.add("and " + (wrong - problems.size()) + " more");
            return shown;
        }
        return List.copyOf(problems);
    }

    Tally tally() {
        return new Tally(records, certificates, nameless, serials, revoked, held);
    }

    private void certificate(String where, CertificateDer certificate) {
        Optional<String> objection = objectionTo(certificate);
        if (objection.isPresent()) {
            wrong(where, objection.get());
            return;
        }
        switch (marks.certificate(certificate.serial(), certificate.fingerprint())) {
            case CONFLICT ->
                wrong(where, "serial " + certificate.serial() + " is there twice, on two different certificates");
            case AGAIN -> {}
            case FIRST -> {
                certificates++;
                if (devices.of(certificate).isEmpty()) {
                    nameless++;
                }
            }
        }
    }

    private void listed(String where, SerialNumber serial) {
        if (!marks.say(serial, Marks.Saying.LISTED)) {
            wrong(where, "serial " + serial + " is listed twice");
        } else if (!marks.hasCertificate(serial)) {
            serials++;
        }
    }

    private void standing(Past past) {
        if (past.standing() instanceof Standing.Good || !marks.say(past.serial(), Marks.Saying.REVOKED)) {
            return;
        }
        if (past.isRevoked()) {
            revoked++;
        } else {
            held++;
        }
    }

    private Optional<String> objectionTo(CertificateDer certificate) {
        var parsed = certificate.parsed();
        if (!parsed.getIssuer().equals(name)) {
            return Optional.of(
                    "certificate " + certificate.serial() + " is from another issuer, " + parsed.getIssuer());
        }
        if (!Signatures.known(parsed.getSignatureAlgorithm())) {
            return Optional.of("certificate " + certificate.serial() + " is signed in a way that is not taken here ("
                    + parsed.getSignatureAlgorithm().getAlgorithm() + "); list it without the certificate itself");
        }
        return isSigned(certificate)
                ? Optional.empty()
                : Optional.of("certificate " + certificate.serial() + " is not signed by the issuer's key");
    }

    private boolean isSigned(CertificateDer certificate) {
        var parsed = certificate.parsed();
        try {
            return Signatures.verifies(
                    parsed.getSignatureAlgorithm(),
                    key,
                    parsed.toASN1Structure().getTBSCertificate().getEncoded(ASN1Encoding.DER),
                    parsed.getSignature());
        } catch (IOException e) {
            return false;
        }
    }
}
