package dev.nameplate.ca.cli.est.check;

import java.io.IOException;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a server has to do.
 *
 * @param name of the check, as in {@code cacerts-media-type}
 * @param clause that demands it
 * @param remedy what the server's maker or operator should do if it does not
 */
record Check(String name, Level level, String clause, String remedy, Look look) {
    /** As the RFC says it; INTEROP: no RFC demands it, and a client in use fails without it. */
    enum Level {
        MUST,
        SHOULD,
        INTEROP
    }

    /** Looks at the server. */
    @FunctionalInterface
    interface Look {
        Outcome at(EstSite site) throws IOException;
    }

    static Check must(String name, String clause, String remedy, Look look) {
        return new Check(name, Level.MUST, clause, remedy, look);
    }

    static Check should(String name, String clause, String remedy, Look look) {
        return new Check(name, Level.SHOULD, clause, remedy, look);
    }

    static Check interop(String name, String clause, String remedy, Look look) {
        return new Check(name, Level.INTEROP, clause, remedy, look);
    }

    ObjectNode finding(EstSite site) {
        Outcome outcome = outcome(site);
        ObjectNode finding = JsonMapper.shared().createObjectNode();
        finding.put("check", name)
                .put("state", state(outcome))
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("clause", clause)
                .put("says", outcome.says());
        if (outcome instanceof Outcome.Wrong) {
            finding.put("remedy", remedy);
        }
        return finding;
    }

    private Outcome outcome(EstSite site) {
        try {
            return look.at(site);
        } catch (IOException e) {
            return new Outcome.Wrong("the connection or the answer broke: " + e.getMessage());
        }
    }

    private String state(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Right _ -> "ok";
            case Outcome.Unseen _ -> "not-seen";
            case Outcome.Wrong _ -> level == Level.MUST ? "fault" : "warning";
        };
    }
}
