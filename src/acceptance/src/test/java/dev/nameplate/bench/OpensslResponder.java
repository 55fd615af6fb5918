package dev.nameplate.bench;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference for answers signed live: {@code openssl ocsp}, which has its key in a file and signs every answer. */
record OpensslResponder(Child child, int port, OcspRequests requests) {
    static OpensslResponder start(Commands commands, Scratch scratch, Cleanup cleanup, List<BigInteger> serials) {
        SmallCa ca = new SmallCa("Bench OCSP");
        Path certificate = scratch.write("openssl-ocsp.pem", SmallCa.pem(ca.certificate()));
        Path key = scratch.write("openssl-ocsp.key", SmallCa.pem(ca.keyPair()));
        Path index = scratch.write(
                "openssl-ocsp.index",
                serials.stream().map(OpensslResponder::line).collect(Collectors.joining()));
        int port = Ports.free();
        Child child = commands.start(
                cleanup,
                "openssl-ocsp",
                Map.of(),
                List.of(
                        "openssl",
                        "ocsp",
                        "-index",
                        index.toString(),
                        "-port",
                        Integer.toString(port),
                        "-rsigner",
                        certificate.toString(),
                        "-rkey",
                        key.toString(),
                        "-CA",
                        certificate.toString(),
                        "-ignore_err",
                        "-ndays",
                        "1"));
        Waiting.until("openssl ocsp listens", child, () -> Reach.listens(port));
        return new OpensslResponder(child, port, new OcspRequests(ca.certificate()));
    }

    private static String line(BigInteger serial) {
        String hex = serial.toString(16).toUpperCase(Locale.ROOT);
        return "V\t291231235959Z\t\t" + (hex.length() % 2 == 0 ? hex : "0" + hex) + "\tunknown\t/CN=bench\n";
    }
}
