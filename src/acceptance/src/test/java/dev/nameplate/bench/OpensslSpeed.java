package dev.nameplate.bench;

import java.util.List;

/**
 * What the operations of one enrolment cost by OpenSSL, in microseconds of CPU time.
 *
 * @param sign with P-256
 * @param verify with P-256
 * @param agree X25519, one scalar multiplication
 */
record OpensslSpeed(double sign, double verify, double agree) {
    private static final String EC_SIGNATURES = "+F4:";
    private static final String EC_AGREEMENT = "+F5:";
    private static final int FIRST_RATE = 3;

    static OpensslSpeed measure(Commands commands) {
        String output = commands.run("openssl", "speed", "-mr", "-seconds", "2", "ecdsap256", "ecdhx25519");
        return parse(output.lines().toList());
    }

    /** Rates, not times: the machine-readable output rounds times to microseconds. */
    static OpensslSpeed parse(List<String> output) {
        return new OpensslSpeed(
                1e6 / rate(output, EC_SIGNATURES, FIRST_RATE),
                1e6 / rate(output, EC_SIGNATURES, FIRST_RATE + 1),
                1e6 / rate(output, EC_AGREEMENT, FIRST_RATE));
    }

    /**
     * The server's share of an enrolment with a mutual handshake: an X25519 key and the secret it gives (counted as two
     * multiplications), its CertificateVerify, the client's, the CSR, the CA's signature and the check of that.
     */
    double enrolmentMicros() {
        return 2 * agree + 2 * sign + 3 * verify;
    }

    /** The same without a handshake. */
    double keptAliveMicros() {
        return sign + 2 * verify;
    }

    private static double rate(List<String> output, String line, int field) {
        return output.stream()
                .filter(text -> text.startsWith(line))
                .map(text -> text.split(":", -1)[field])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("openssl speed printed no line " + line));
    }
}
