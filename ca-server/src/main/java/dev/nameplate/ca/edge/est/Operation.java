package dev.nameplate.ca.edge.est;

import io.javalin.http.Context;

/** One EST operation, whatever the label. */
interface Operation {
    void handle(Context ctx, ServedLabel label);
}
