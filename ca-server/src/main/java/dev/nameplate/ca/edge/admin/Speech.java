package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.Replies;
import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.refusal.Refusal;
import io.javalin.http.Context;

/** How operations say yes and no. */
record Speech(ApiJson json, Voice voice) {
    void say(Context ctx, Reply reply, Object content) {
        Replies.send(ctx, reply.status(), reply.contentType(), json.write(content));
    }

    void refuse(Context ctx, Refusal refusal) {
        voice.refuse(ctx, refusal);
    }

    void refuse(Context ctx, Answer answer) {
        Replies.send(ctx, answer, voice.form());
    }
}
