package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.ClientChain;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** GET cacerts (RFC 7030, 4.1): the chain of the label's issuer, for anyone, without a token or a database. */
final class CaCerts implements Operation {
    private final EstFeatures.Chains chains;
    private final Map<IssuerName, Encoded> cache = new ConcurrentHashMap<>();

    CaCerts(EstFeatures.Chains chains) {
        this.chains = chains;
    }

    @Override
    public void handle(Context ctx, ServedLabel label) {
        Encoded encoded = encoded(label.issuer());
        Wrapping wrapping = label.layout().unasked();
        String tag = encoded.tag(wrapping);
        ctx.header(Header.ETAG, tag).header(Header.CACHE_CONTROL, "no-cache");
        if (tag.equals(ctx.header(Header.IF_NONE_MATCH))) {
            ctx.status(HttpStatus.NOT_MODIFIED);
        } else {
            EstReplies.certificates(ctx, encoded.body(wrapping));
        }
        ClientChain.of(ctx).stream().findFirst().ifPresent(certificate -> chains.fetched(label.issuer(), certificate));
    }

    private Encoded encoded(IssuerName issuer) {
        List<CertificateDer> chain = chains.of(issuer);
        Encoded cached = cache.get(issuer);
        if (cached != null && cached.chain.equals(chain)) {
            return cached;
        }
        Encoded fresh = Encoded.of(chain);
        cache.put(issuer, fresh);
        return fresh;
    }

    private record Encoded(List<CertificateDer> chain, byte[] lines, byte[] oneLine, String hash) {
        static Encoded of(List<CertificateDer> chain) {
            byte[] message = CertsOnly.encodeDer(
                    chain.stream().map(CertificateDer::octets).toList());
            return new Encoded(
                    chain,
                    EstBase64.encode(message, Wrapping.LINES_64),
                    EstBase64.encode(message, Wrapping.ONE_LINE),
                    Sha256.of(message).toString().substring(0, 32));
        }

        byte[] body(Wrapping wrapping) {
            return wrapping == Wrapping.ONE_LINE ? oneLine : lines;
        }

        String tag(Wrapping wrapping) {
            return '"' + hash + (wrapping == Wrapping.ONE_LINE ? "-1" : "-64") + '"';
        }
    }
}
