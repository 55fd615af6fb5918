package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.pki.Sha256;
import java.util.List;
import java.util.Optional;

/** Lines that are to go on from what is on record of a bundle's journal. */
record Chain(Bundle bundle, List<JournalLine> lines) {
    /**
     * Why they do not.
     *
     * @param known what is on record from the line before the first one on, or from the first one if that is number 1
     */
    Optional<String> brokenAgainst(List<Sha256> known) {
        int first = lines.getFirst().entry().number();
        if (first < 1 || first > bundle.entries() + 1) {
            return Optional.of("its journal leaves out lines after number " + bundle.entries());
        }
        Sha256 previous = first == 1 ? bundle.header().hash() : known.getFirst();
        int offset = first == 1 ? 0 : 1;
        for (int at = 0; at < lines.size(); at++) {
            JournalLine line = lines.get(at);
            boolean mine = line.entry().bundle().equals(bundle.header().bundle())
                    && line.entry().number() == first + at
                    && line.entry().previous().equals(previous);
            boolean other =
                    at + offset < known.size() && !known.get(at + offset).equals(line.hash());
            if (!mine || other) {
                return Optional.of("its journal is not the one that was reported before, from line " + (first + at)
                        + " on: the bundle was used on two machines, or the journal was put back to an older one");
            }
            previous = line.hash();
        }
        return Optional.empty();
    }
}
