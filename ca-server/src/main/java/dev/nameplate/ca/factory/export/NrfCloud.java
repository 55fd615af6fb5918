package dev.nameplate.ca.factory.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

/** For nRF Cloud: {@code deviceId,subType,tags,fwTypes,"certPem"}, in files of at most 1,000 rows and without a head. */
public final class NrfCloud implements UnitWriter {
    /** More rows in one file are refused there. */
    public static final int MOST_ROWS = 1000;

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._:-]{1,64}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.,@/:#-]{1,799}");

    private final Files files;
    private final String tail;
    private Writer out = Writer.nullWriter();
    private int rows = MOST_ROWS;
    private int file;

    /** Opens one file after the other. */
    @FunctionalInterface
    public interface Files {
        /** @param number counted from 1 */
        Writer open(int number) throws IOException;
    }

    /**
     * @param subType the kind of device, or empty
     * @param tags its groups
     * @param firmware which firmware it can be sent: APP, MODEM, BOOT, SOFTDEVICE, BOOTLOADER, MDM_FULL
     */
    public NrfCloud(Files files, String subType, List<String> tags, List<String> firmware) {
        requireWords(subType.isEmpty() ? List.of() : List.of(subType));
        requireWords(tags);
        requireWords(firmware);
        this.files = files;
        this.tail = subType + "," + String.join("|", tags) + "," + String.join("|", firmware) + ",";
    }

    @Override
    public void write(ExportUnit unit) throws IOException {
        if (!ID.matcher(unit.id().value()).matches()) {
            throw new UnfitUnitException(
                    "unit " + unit.id() + " cannot be a device id there: that has letters, digits and . _ : - only");
        }
        if (rows == MOST_ROWS) {
            out.close();
            out = files.open(++file);
            rows = 0;
        }
        out.write(unit.id() + "," + tail + "\"" + Pem.of(unit.certificate()) + "\"\n");
        rows++;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static void requireWords(List<String> words) {
        for (String word : words) {
            if (!WORD.matcher(word).matches() || word.contains(",")) {
                throw new IllegalArgumentException("not a word for a column: " + word);
            }
        }
    }
}
