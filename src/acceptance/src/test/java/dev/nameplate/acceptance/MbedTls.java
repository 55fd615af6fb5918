package dev.nameplate.acceptance;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Mbed TLS of this machine: what a small device checks certificates with. */
@SuppressWarnings("restricted") // it is C
final class MbedTls implements AutoCloseable {
    /** Flags of a certificate that does not verify (x509.h). */
    static final int REVOKED = 0x02;

    static final int CRL_NOT_TRUSTED = 0x10;

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/x86_64-linux-gnu"), Path.of("/usr/lib/aarch64-linux-gnu"), Path.of("/usr/lib"));

    /** More than any version's structures take. */
    private static final long STRUCTURE = 16 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library = SymbolLookup.libraryLookup(library(), arena);

    /**
     * Verifies a certificate with the CRLs.
     *
     * @param chain the certificate first, in DER
     * @param crls in DER
     * @return 0 if it is good, else flags
     */
    int verify(List<byte[]> chain, byte[] root, List<byte[]> crls) {
        MemorySegment certificate = structure("mbedtls_x509_crt_init");
        chain.forEach(one -> parse("mbedtls_x509_crt_parse_der", certificate, one));
        MemorySegment trusted = structure("mbedtls_x509_crt_init");
        parse("mbedtls_x509_crt_parse_der", trusted, root);
        MemorySegment list = structure("mbedtls_x509_crl_init");
        crls.forEach(one -> parse("mbedtls_x509_crl_parse_der", list, one));
        MemorySegment flags = arena.allocate(ValueLayout.JAVA_INT);
        var pointer = ValueLayout.ADDRESS;
        MethodHandle verify = function(
                "mbedtls_x509_crt_verify",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, pointer, pointer, pointer, pointer, pointer, pointer, pointer));
        int verdict = call(() -> (int) verify.invokeExact(
                certificate, trusted, list, MemorySegment.NULL, flags, MemorySegment.NULL, MemorySegment.NULL));
        return verdict == 0 ? 0 : flags.get(ValueLayout.JAVA_INT, 0);
    }

    /** @return 0 if it takes the CRL, else why it does not, as a negative number */
    int parseCrl(byte[] crl) {
        return parsed("mbedtls_x509_crl_parse_der", structure("mbedtls_x509_crl_init"), crl);
    }

    @Override
    public void close() {
        arena.close();
    }

    private MemorySegment structure(String init) {
        MemorySegment structure = arena.allocate(STRUCTURE, 16);
        MethodHandle function = function(init, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
        int nothing = call(() -> {
            function.invokeExact(structure);
            return 0;
        });
        assert nothing == 0;
        return structure;
    }

    private void parse(String name, MemorySegment structure, byte[] der) {
        int verdict = parsed(name, structure, der);
        if (verdict != 0) {
            throw new AssertionError(name + " says -0x" + Integer.toHexString(-verdict));
        }
    }

    private int parsed(String name, MemorySegment structure, byte[] der) {
        MemorySegment octets = arena.allocateFrom(ValueLayout.JAVA_BYTE, der);
        MethodHandle function = function(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        return call(() -> (int) function.invokeExact(structure, octets, octets.byteSize()));
    }

    private MethodHandle function(String name, FunctionDescriptor shape) {
        return linker.downcallHandle(library.findOrThrow(name), shape);
    }

    @FunctionalInterface
    private interface Call {
        int run() throws Throwable;
    }

    private static int call(Call call) {
        try {
            return call.run();
        } catch (Throwable e) {
            throw new AssertionError("a call of Mbed TLS failed", e);
        }
    }

    private static Path library() {
        return PLACES.stream()
                .flatMap(place -> Stream.of(place.resolve("libmbedx509.so")))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("Mbed TLS is not installed; type: apt-get install libmbedtls-dev"));
    }
}
