package dev.nameplate.ca.store;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.SerialNumber;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A process to be killed: records certificates from several threads and prints each acknowledged serial on a line, then a line of
 * its own once the first is out.
 *
 * <p>Arguments: the directory of the embedded database or a PostgreSQL's URL, the threads.
 */
final class Churn {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Churn() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        Database database = arguments[0].startsWith("jdbc:")
                ? Database.open(PostgresSettings.of(arguments[0]), Path.of("unused"))
                : Database.open(DatabaseSettings.embedded(), Path.of(arguments[0]));
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            threads.add(Thread.ofVirtual().start(() -> recordForEver(database, out)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void recordForEver(Database database, PrintStream out) {
        var ledger = Ports.of(database).ledger();
        try {
            for (; ; ) {
                SerialNumber serial = SerialNumber.random(RANDOM);
                String key = serial.toString();
                ledger.record(
                        Samples.added(
                                Samples.certificate(serial.value(), key),
                                Samples.device(key),
                                Samples.manufacturer(key)),
                        Samples.issued());
                out.println(serial);
            }
        } catch (LedgerUnavailableException e) {
            out.println("unavailable: " + e.getMessage());
        }
    }
}
