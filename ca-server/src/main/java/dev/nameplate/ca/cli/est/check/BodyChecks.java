package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.BodyForm;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.MediaType;
import dev.nameplate.est.MessageBody;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;

/** The form of answers that carry certificates. */
final class BodyChecks {
    private BodyChecks() {}

    static Outcome pkcs7(Heard heard) {
        String type = heard.header("Content-Type").orElse("missing");
        return Outcome.of(EstMediaTypes.isPkcs7(type), "Content-Type is " + type);
    }

    static Outcome transferEncoding(Heard heard) {
        String encoding = heard.header("Content-Transfer-Encoding").orElse("missing");
        return Outcome.of(encoding.equalsIgnoreCase("base64"), "Content-Transfer-Encoding is " + encoding);
    }

    static Outcome base64(byte[] body) {
        try {
            MessageBody decoded = EstBase64.decode(body);
            return Outcome.of(
                    decoded.form() == BodyForm.WRAPPED || decoded.form() == BodyForm.ONE_LINE,
                    switch (decoded.form()) {
                        case WRAPPED -> "the body is base64 in lines";
                        case ONE_LINE -> "the body is base64 on one line";
                        case PEM -> "the body is PEM";
                        case DER -> "the body is bare DER";
                    });
        } catch (MalformedMessageException e) {
            return Outcome.wrong(e);
        }
    }

    static Outcome degenerate(byte[] body) throws IOException {
        SignedData data = signedData(body);
        if (data.getEncapContentInfo().getContent() != null) {
            return new Outcome.Wrong("the SignedData has a content");
        }
        if (data.getSignerInfos().size() > 0) {
            return new Outcome.Wrong(
                    "the SignedData has " + data.getSignerInfos().size() + " signers");
        }
        return Outcome.of(
                data.getDigestAlgorithms().size() == 0 && data.getVersion().hasValue(1),
                "the SignedData has version " + data.getVersion() + ", "
                        + data.getDigestAlgorithms().size() + " digest algorithms, no content and no signers");
    }

    static Outcome inDer(byte[] body) throws IOException {
        byte[] message = decoded(body);
        byte[] strict;
        try {
            strict = CertsOnly.encode(CertsOnly.parse(message));
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
        return Outcome.of(
                Arrays.equals(message, strict),
                Arrays.equals(message, strict) ? "the message is in DER" : "the message is not as DER orders it");
    }

    static boolean isCertsOnly(Heard heard) {
        return MediaType.parse(heard.header("Content-Type").orElse(null))
                .map(type -> type.parameters().getOrDefault("smime-type", ""))
                .filter("certs-only"::equalsIgnoreCase)
                .isPresent();
    }

    private static SignedData signedData(byte[] body) throws IOException {
        try {
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(decoded(body)));
            return SignedData.getInstance(info.getContent());
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new IOException("the message is no SignedData: " + e.getMessage(), e);
        }
    }

    private static byte[] decoded(byte[] body) throws IOException {
        try {
            return EstBase64.decode(body).content();
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
