package dev.nameplate.ca.edge.est;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** GET csrattrs (RFC 7030, 4.5): no attributes are asked for, which is 204 without a body (RFC 8951, 4). */
final class CsrAttrs implements Operation {
    @Override
    public void handle(Context ctx, ServedLabel label) {
        ctx.status(HttpStatus.NO_CONTENT);
    }
}
