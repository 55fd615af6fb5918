package dev.nameplate.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Where the three doors of a home are. */
public record Ports(int offset) {
    private static final int DEVICE = 8443;
    private static final int OPEN = 8080;
    private static final int OPERATOR = 9443;
    /** Below the range that the system gives to clients: one of those could sit on a port between two starts. */
    private static final int FIRST = 10_000;

    private static final int LAST = 23_000;

    public static Ports free() {
        int start = (int) (ProcessHandle.current().pid() * 131 % (LAST - FIRST));
        return IntStream.range(0, LAST - FIRST)
                .map(step -> FIRST + (start + step * 7) % (LAST - FIRST))
                .mapToObj(Ports::new)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports"));
    }

    /** Others than these, though nobody may listen at them yet. */
    static Ports freeAfter(Ports taken) {
        return IntStream.range(taken.offset() + 1, LAST)
                .mapToObj(Ports::new)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports"));
    }

    public int device() {
        return DEVICE + offset;
    }

    public int open() {
        return OPEN + offset;
    }

    public int operator() {
        return OPERATOR + offset;
    }

    private boolean areFree() {
        return isFree(device()) && isFree(open()) && isFree(operator());
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
