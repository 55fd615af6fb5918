package dev.nameplate.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where SoftHSM's PKCS#11 library is. */
final class SoftHsmLibrary {
    private SoftHsmLibrary() {}

    static Path find() {
        return Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/local/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("SoftHSM is not installed"));
    }
}
