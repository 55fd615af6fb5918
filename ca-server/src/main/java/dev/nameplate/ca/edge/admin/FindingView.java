package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.health.Finding;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param remedy what to do; absent if all is well
 */
record FindingView(String check, Finding.State state, String says, Optional<String> remedy) {
    static FindingView of(String check, Finding finding) {
        return new FindingView(check, finding.state(), finding.says(), finding.remedy());
    }
}
