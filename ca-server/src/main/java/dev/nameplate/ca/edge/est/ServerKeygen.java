package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.edge.http.Replies;
import dev.nameplate.ca.edge.http.RequestIds;
import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.enrollment.Decryption;
import dev.nameplate.ca.enrollment.Envelope;
import dev.nameplate.ca.enrollment.KeyDelivery;
import dev.nameplate.ca.enrollment.Recipient;
import dev.nameplate.ca.enrollment.ServerKeyRequest;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.est.Capabilities;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.KeyProtection;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.SealedKey;
import dev.nameplate.est.ServerKeyAnswer;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;

/** POST serverkeygen (RFC 7030, 4.4). */
final class ServerKeygen implements Operation {
    private final EstFeatures features;
    private final EstReplies replies;

    ServerKeygen(EstFeatures features, EstReplies replies) {
        this.features = features;
        this.replies = replies;
    }

    @Override
    public void handle(Context ctx, ServedLabel label) {
        if (!label.options().makesKeys()) {
            replies.notOffered(ctx, EstOperation.SERVERKEYGEN);
        } else if (!replies.refusedForMediaType(ctx)) {
            switch (features.identify().identify(Credentials.of(ctx), label.label(), Purpose.ENROL)) {
                case Authentication.NotIdentified(var refusal) -> replies.refuse(ctx, label, refusal);
                case Authentication.Identified(var device) -> deliver(ctx, label, device);
            }
        }
    }

    private void deliver(Context ctx, ServedLabel label, AuthenticatedDevice device) {
        Pkcs10 csr = EnrollRequest.parse(ctx.bodyAsBytes()).csr();
        replies.endIfLinked(ctx, csr);
        switch (features.keys().deliver().deliver(device, label.label(), request(ctx, csr))) {
            case KeyDelivery.Refused(var refusal) -> replies.refuse(ctx, label, refusal);
            case KeyDelivery.Sealed(var certificate, var message) ->
                send(
                        ctx,
                        ServerKeyAnswer.sealed(
                                message, certsOnly(certificate), features.keys().random()));
            case KeyDelivery.InTheClear(var certificate, var pkcs8) -> {
                try {
                    send(
                            ctx,
                            ServerKeyAnswer.inTheClear(
                                    pkcs8,
                                    certsOnly(certificate),
                                    features.keys().random()));
                } finally {
                    Arrays.fill(pkcs8, (byte) 0);
                }
            }
        }
    }

    private ServerKeyRequest request(Context ctx, Pkcs10 csr) {
        return switch (KeyProtection.of(csr)) {
            case KeyProtection.ByTlsAlone() ->
                new ServerKeyRequest(Requests.csr(csr), new Decryption.None(), new NoEnvelope(), RequestIds.of(ctx));
            case KeyProtection.BySecret(var id, var capabilities) ->
                new ServerKeyRequest(
                        Requests.csr(csr),
                        new Decryption.BySecret(hex(id)),
                        envelope(id, capabilities),
                        RequestIds.of(ctx));
            case KeyProtection.ByPublicKey(var id, var capabilities) ->
                new ServerKeyRequest(
                        Requests.csr(csr),
                        new Decryption.ByCertificate(hex(id)),
                        envelope(id, capabilities),
                        RequestIds.of(ctx));
        };
    }

    private Envelope envelope(ASN1OctetString id, Capabilities capabilities) {
        var sealing =
                new SealedKey(features.keys().signer().get(), features.keys().random());
        return new CmsEnvelope(sealing, id, capabilities);
    }

    private static void send(Context ctx, ServerKeyAnswer answer) {
        ctx.header(Header.CACHE_CONTROL, "no-store");
        Replies.sendSecret(ctx, 200, answer.contentType(), answer.body());
    }

    private static byte[] certsOnly(IssuedCertificate issued) {
        return CertsOnly.encodeDer(List.of(issued.certificate().octets()));
    }

    private static String hex(ASN1OctetString id) {
        return HexFormat.of().formatHex(id.getOctets());
    }

    /** Of a request that asks for none. */
    private record NoEnvelope() implements Envelope {
        @Override
        public Optional<String> objectionTo(Recipient recipient) {
            return Optional.of("the request names no key to decrypt with");
        }

        @Override
        public byte[] seal(byte[] pkcs8, Recipient recipient) {
            throw new IllegalStateException("nothing is sealed for a request that names no key");
        }
    }
}
