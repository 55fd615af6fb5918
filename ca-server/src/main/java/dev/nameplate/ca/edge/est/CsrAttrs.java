package dev.nameplate.ca.edge.est;

import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** GET csrattrs (RFC 7030, 4.5), for anyone; nothing to ask is 204 without a body (RFC 8951, 4). */
final class CsrAttrs implements Operation {
    private final EstFeatures.Asked asked;

    CsrAttrs(EstFeatures.Asked asked) {
        this.asked = asked;
    }

    @Override
    public void handle(Context ctx, ServedLabel label) {
        CsrAttributes attributes =
                AskedAttributes.of(asked.of(label.label()), label.options().attributes());
        if (attributes.isEmpty()) {
            ctx.status(HttpStatus.NO_CONTENT);
        } else {
            EstReplies.base64(
                    ctx,
                    EstMediaTypes.CSR_ATTRIBUTES,
                    EstBase64.encode(attributes.encode(), label.layout().unasked()));
        }
    }
}
