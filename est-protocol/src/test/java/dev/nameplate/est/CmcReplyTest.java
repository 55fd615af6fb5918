package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.est.CmcResponse.Failure;
import dev.nameplate.est.CmcResponse.Outcome;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's end of CMC: what it asks is what a server reads, and it believes no answer but the one to its own question. */
class CmcReplyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final X500Name NAME = new X500Name("CN=sensor-17");
    private static final KeyPair SERVER = keys("secp256r1");
    private static final MessageSigner BY_SERVER = by(SERVER);

    private final CmcQuery query = new CmcQuery(RANDOM);

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "RSA", "Ed25519"})
    void asksSoThatServersUnderstandByEveryKindOfKey(String kind) throws Exception {
        KeyPair keys = keys(kind);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        X509CertificateHolder own = certificate(keys);
        byte[] message = query.pkcs10(CsrBuilder.forKey(keys).subject(NAME).build())
                .crmf(new CmcQuery.Names(NAME, Optional.empty()), key, CsrSigners.of(keys.getPrivate()))
                .revoking(own, 4)
                .signed(by(keys, own));

        CmcRequest read = CmcRequest.parse(message);

        assertThat(read.signatureIsValid()).isTrue();
        assertThat(read.objection()).isEmpty();
        assertThat(read.parts()).hasSize(3);
        assertThat(read.parts())
                .filteredOn(CmcRequest.Part.Certification.class::isInstance)
                .extracting(part -> ((CmcRequest.Part.Certification) part).wanted())
                .hasSize(2)
                .allSatisfy(wanted -> {
                    assertThat(wanted.subject()).isEqualTo(NAME);
                    assertThat(wanted.publicKey()).isEqualTo(key);
                    RequestedCertificate.Proof proof = wanted.proof().orElseThrow();
                    assertThat(ProofOfPossession.holds(key, proof.algorithm(), proof.signed(), proof.signature()))
                            .isTrue();
                });
        SignerInformation signer = new CMSSignedData(message)
                .getSignerInfos()
                .getSigners()
                .iterator()
                .next();
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(own)))
                .isTrue();
    }

    @Test
    void readsWhatWasIssued() {
        X509CertificateHolder issued = certificate(keys("secp256r1"));

        CmcReply reply = CmcReply.parse(answer(query, new Outcome.Done(7, List.of(issued))));

        assertThat(reply.isSuccess()).isTrue();
        assertThat(reply.answers(query)).isTrue();
        assertThat(reply.certificateOf(der(issued.getSubjectPublicKeyInfo()))).contains(issued);
        assertThat(reply.signer()).contains(BY_SERVER.certificate());
        assertThat(reply.statuses().getFirst().parts()).containsExactly(7L);
    }

    @Test
    void readsWhyNothingWas() {
        CmcReply reply = CmcReply.parse(answer(
                query, new Outcome.Done(1, List.of()), new Outcome.Failed(2, Failure.POP_FAILED, "not\nits own key")));

        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.words()).isEqualTo("popFailed: not its own key");
    }

    @Test
    void readsThatItHasToWait() {
        CmcReply reply = CmcReply.parse(answer(query, new Outcome.Pending(2, "token", Instant.EPOCH)));

        assertThat(reply.isPending()).isTrue();
        assertThat(reply.isSuccess()).isFalse();
    }

    @Test
    void takesTheAnswerToAnotherQuestionForNone() {
        CmcQuery other = new CmcQuery(RANDOM);

        assertThat(CmcReply.parse(answer(other, new Outcome.Done(7, List.of()))).answers(query))
                .isFalse();
        assertThat(CmcReply.parse(answer(other, new Outcome.Failed(7, Failure.BAD_REQUEST, "no")))
                        .answers(query))
                .isFalse();
    }

    @Test
    void wantsToHearItsNonceAndIdAgainWhereSomethingWasDone() {
        DERSequence done = new DERSequence(new ASN1Integer(0), new DERSequence(new ASN1Integer(1)));
        ASN1Integer id = new ASN1Integer(query.transactionId());
        DEROctetString nonce = new DEROctetString(query.nonce());

        assertThat(reply(List.of(done), List.of(id, nonce)).answers(query)).isTrue();
        assertThat(reply(List.of(done), List.of(id)).answers(query)).isFalse();
        assertThat(reply(List.of(done), List.of(nonce)).answers(query)).isFalse();
        assertThat(reply(List.of(done), List.of(id, new DEROctetString(new byte[16])))
                        .answers(query))
                .isFalse();
        DERSequence failed = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(2), new DERSequence(new ASN1Integer(0)), new DERUTF8String("what?"), new ASN1Integer(99)
        });
        CmcReply unread = reply(List.of(failed), List.of());
        assertThat(unread.answers(query)).isTrue();
        assertThat(unread.words()).isEqualTo("failInfo 99: what?");
    }

    @Test
    void takesCertificatesAloneForASimpleResponse() {
        X509CertificateHolder issued = certificate(keys("secp256r1"));

        CmcReply reply = CmcReply.parse(EstBase64.encode(CertsOnly.encode(List.of(issued)), Wrapping.LINES_64));

        assertThat(reply.isSuccess()).isTrue();
        assertThat(reply.answers(query)).isTrue();
        assertThat(reply.certificates()).containsExactly(issued);
    }

    @Test
    void believesNothingThatWasChangedOrIsNoAnswer() {
        byte[] answer = EstBase64.decode(answer(query, new Outcome.Failed(2, Failure.BAD_REQUEST, "not so")))
                .contentInPlace();
        for (int i = 0; i < answer.length - 6; i++) {
            if (answer[i] == 'n' && answer[i + 1] == 'o' && answer[i + 2] == 't') {
                answer[i + 2] = 'w';
            }
        }
        assertThatThrownBy(() -> CmcReply.parse(answer))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("signature");
        byte[] request = query.signed(BY_SERVER);
        assertThatThrownBy(() -> CmcReply.parse(request)).hasMessageContaining("PKIResponse");
        assertThatThrownBy(() -> reply(List.of(), List.of())).hasMessageContaining("fate");
        assertThatThrownBy(() -> CmcReply.parse(new byte[] {'A'})).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void signsByNoKeyThatMessagesAreNotSignedBy() throws Exception {
        KeyPair agreeing = KeyPairGenerator.getInstance("X25519").generateKeyPair();

        assertThatThrownBy(() -> CsrSigners.of(agreeing.getPrivate())).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] answer(CmcQuery to, Outcome... outcomes) {
        CmcRequest.Echo echo = CmcRequest.parse(to.signed(BY_SERVER)).echo();
        return EstBase64.encode(new CmcResponse(BY_SERVER, RANDOM).encode(echo, List.of(outcomes)), Wrapping.LINES_64);
    }

    /** By hand, with the statuses of the first version (RFC 5272, 6.1.2). */
    private static CmcReply reply(List<DERSequence> statuses, List<ASN1Primitive> said) {
        var controls = new ASN1EncodableVector();
        statuses.forEach(status -> controls.add(control(CMCObjectIdentifiers.id_cmc_statusInfo, status)));
        said.forEach(value -> controls.add(control(
                value instanceof ASN1Integer
                        ? CMCObjectIdentifiers.id_cmc_transactionId
                        : CMCObjectIdentifiers.id_cmc_recipientNonce,
                value)));
        var response =
                new DERSequence(new ASN1Encodable[] {new DERSequence(controls), new DERSequence(), new DERSequence()});
        return CmcReply.parse(SignedMessage.encode(
                CMCObjectIdentifiers.id_cct_PKIResponse, DerParts.of(response), BY_SERVER, List.of()));
    }

    private static DERSequence control(ASN1ObjectIdentifier type, ASN1Primitive value) {
        return new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), type, new DERSet(value)});
    }

    private static MessageSigner by(KeyPair keys) {
        return by(keys, certificate(keys));
    }

    private static MessageSigner by(KeyPair keys, X509CertificateHolder certificate) {
        return MessageSigner.of(List.of(certificate), CsrSigners.of(keys.getPrivate()));
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle takes nothing else
    private static X509CertificateHolder certificate(KeyPair keys) {
        return new X509v3CertificateBuilder(
                        NAME,
                        new BigInteger(64, RANDOM),
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.EPOCH.plus(Duration.ofDays(1))),
                        NAME,
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .build(CsrSigners.of(keys.getPrivate()));
    }

    private static KeyPair keys(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp") ? "EC" : kind);
            if (kind.startsWith("secp")) {
                generator.initialize(new ECGenParameterSpec(kind));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] der(SubjectPublicKeyInfo key) {
        try {
            return key.getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
