package dev.nameplate.ca.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A process that ends in the middle of its work: at one of its calls to the world, before that call did anything or after it did
 * everything. Nothing that it calls later happens.
 */
public final class CutOff {
    private final int at;
    private final Side side;
    private int calls;

    /** Where within the call. */
    public enum Side {
        BEFORE,
        AFTER
    }

    /** Thrown instead of what a process does that is no more. */
    public static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the process was cut off here");
        }
    }

    /** @param at the call, counted from 1; calls of all that is seen through this are counted together */
    public CutOff(int at, Side side) {
        this.at = at;
        this.side = side;
    }

    /** Whether the work came so far. */
    public boolean happened() {
        return calls >= at;
    }

    /** The same, as a process sees it that is cut off. */
    public <T> T seen(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    calls++;
                    if (calls > at || (calls == at && side == Side.BEFORE)) {
                        throw new Ended();
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (calls == at) {
                            throw new Ended();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
