package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.refusal.Refusal;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a door says to those it sends away, and how. */
public record Voice(Answers answers, AnswerForm form) {
    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);
    private static final int FAULT = 500;

    public void refuse(Context ctx, Refusal refusal) {
        Replies.send(ctx, answers.to(refusal), form);
    }

    /** Faults go to the log whole, everything else in a line: what the caller is not told, an operator finds there. */
    public void tell(Exception problem, Context ctx) {
        RequestId request = RequestIds.of(ctx);
        Answer answer = answers.to(problem, request);
        if (answer.status() == FAULT) {
            LOG.error("request {} failed", request, problem);
        } else if (answer.status() > FAULT) {
            LOG.warn("request {}: {}", request, problem.getMessage());
        } else {
            LOG.info("request {}: {}", request, problem.getMessage());
        }
        Replies.send(ctx, answer, form);
    }
}
