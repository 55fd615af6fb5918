package dev.nameplate.bench;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import java.time.Duration;
import java.util.List;

/** How often a SoftHSM signs with P-256 when the product's own vault asks it, from as many threads as there are cores. */
record TokenRate(double perSecond, double cpuMicros) {
    private static final Duration WARMING = Duration.ofSeconds(2);

    static List<TokenRate> measure(Commands commands, Scratch scratch, int windows, Duration window) {
        return TokenProgram.run(TokenRate.class, commands, scratch, windows, window).stream()
                .map(said -> new TokenRate(said[0], said[1]))
                .toList();
    }

    /** @param arguments windows, milliseconds of each */
    public static void main(String[] arguments) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        TokenProgram.main(arguments, (vault, _) -> {
            SigningKey key =
                    vault.signingKey(vault.generate(KeySpec.EC_P256, "key").uri());
            Runnable signature = () -> key.signDigest(SignatureScheme.ECDSA_SHA256, new byte[32]);
            TokenProgram.work(signature, cores, WARMING);
            return window -> {
                TokenProgram.Done done = TokenProgram.work(signature, cores, window);
                return new double[] {done.perSecond(), done.cpuMicros()};
            };
        });
    }
}
