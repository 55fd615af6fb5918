package dev.nameplate.ca.testkit;

import dev.nameplate.ca.revocation.NodeId;
import dev.nameplate.ca.revocation.Nodes;
import java.time.Duration;

/** A CA of one process. */
public final class OneNode implements Nodes {
    @Override
    public boolean several() {
        return false;
    }

    @Override
    public void renew(NodeId node, long seen, Duration lease) {
        throw new AssertionError("one process has nobody to tell");
    }

    @Override
    public boolean anyBehind(NodeId node, long number) {
        return false;
    }

    @Override
    public void leave(NodeId node) {
        throw new AssertionError("one process has nobody to tell");
    }

    @Override
    public void awaitNews(Duration atMost) {
        throw new AssertionError("one process hears no news");
    }
}
