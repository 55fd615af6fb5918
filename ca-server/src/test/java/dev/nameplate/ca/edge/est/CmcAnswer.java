package dev.nameplate.ca.edge.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.RawClient.Heard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.CMCStatusInfoV2;
import org.bouncycastle.asn1.cmc.PKIResponse;
import org.bouncycastle.asn1.cmc.TaggedAttribute;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** A Full PKI Response as Bouncy Castle reads it; its signature is verified. */
record CmcAnswer(PKIResponse response, List<X509CertificateHolder> certificates) {
    static CmcAnswer of(Heard heard) {
        assertThat(heard.header("Content-Type", "")).isEqualTo("application/pkcs7-mime; smime-type=CMC-response");
        try {
            var signed = new CMSSignedData(Base64.getMimeDecoder().decode(heard.body()));
            assertThat(signed.getSignedContentType()).isEqualTo(CMCObjectIdentifiers.id_cct_PKIResponse);
            SignerInformation signer =
                    signed.getSignerInfos().getSigners().iterator().next();
            var certificates = List.copyOf(signed.getCertificates().getMatches(null));
            X509CertificateHolder own = certificates.stream()
                    .filter(signer.getSID()::match)
                    .findFirst()
                    .orElseThrow();
            assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(own)))
                    .isTrue();
            return new CmcAnswer(
                    PKIResponse.getInstance(signed.getSignedContent().getContent()), certificates);
        } catch (CMSException | OperatorCreationException | java.security.cert.CertificateException e) {
            throw new AssertionError(e);
        } catch (IllegalArgumentException e) {
            throw new AssertionError("no CMC: " + heard.text(), e);
        }
    }

    Optional<ASN1Encodable> control(ASN1ObjectIdentifier type) {
        for (ASN1Encodable control : response.getControlSequence()) {
            TaggedAttribute tagged = TaggedAttribute.getInstance(control);
            if (tagged.getAttrType().equals(type)) {
                return Optional.of(tagged.getAttrValues().getObjectAt(0));
            }
        }
        return Optional.empty();
    }

    CMCStatusInfoV2 status() {
        return CMCStatusInfoV2.getInstance(
                control(CMCObjectIdentifiers.id_cmc_statusInfoV2).orElseThrow());
    }

    /** The part and the number of every status, in their order. */
    List<Map.Entry<Long, Long>> statuses() {
        List<Map.Entry<Long, Long>> statuses = new ArrayList<>();
        for (ASN1Encodable control : response.getControlSequence()) {
            TaggedAttribute tagged = TaggedAttribute.getInstance(control);
            if (tagged.getAttrType().equals(CMCObjectIdentifiers.id_cmc_statusInfoV2)) {
                var status = CMCStatusInfoV2.getInstance(tagged.getAttrValues().getObjectAt(0));
                long number = org.bouncycastle.asn1.ASN1Integer.getInstance(
                                status.getCMCStatus().toASN1Primitive())
                        .longValueExact();
                statuses.add(Map.entry(status.getBodyList()[0].getID(), number));
            }
        }
        return statuses;
    }

    long statusNumber() throws IOException {
        return org.bouncycastle.asn1.ASN1Integer.getInstance(
                        status().getCMCStatus().toASN1Primitive())
                .longValueExact();
    }

    /** CMCFailInfo, as a number. */
    long failure() {
        return org.bouncycastle.asn1.ASN1Integer.getInstance(
                        status().getOtherStatusInfo().toASN1Primitive())
                .longValueExact();
    }
}
