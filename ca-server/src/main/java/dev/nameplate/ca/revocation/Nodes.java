package dev.nameplate.ca.revocation;

import java.time.Duration;

/** The processes that serve this CA, as they know of each other. All by the clock of the database. */
public interface Nodes {
    /** Whether there can be more than one. If not, nothing is kept here. */
    boolean several();

    /** This node has told its listeners of all changes up to this number, and promises to go on hearing of them for this long. */
    void renew(NodeId node, long seen, Duration lease);

    /** Whether a node other than this one may still give away what was true before this change. */
    boolean anyBehind(NodeId node, long number);

    /** This node serves no more. */
    void leave(NodeId node);

    /** Waits until a change may have been made somewhere, at most this long. */
    void awaitNews(Duration atMost);
}
