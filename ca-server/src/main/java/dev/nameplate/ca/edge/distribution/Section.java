package dev.nameplate.ca.edge.distribution;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is behind one first segment of a path of the public door. */
interface Section {
    /**
     * Answers every request to it, be it with "nothing is here". Called on a thread that must not be blocked.
     *
     * @param path of the request, unambiguous
     */
    void answer(String path, Request request, Response response, Callback callback);
}
