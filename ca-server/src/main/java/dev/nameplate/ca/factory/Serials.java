package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.DeviceId;
import java.math.BigInteger;
import java.util.Optional;

/** Which units an order is for. */
public sealed interface Serials {
    /** Any that no other batch has. */
    record Any() implements Serials {}

    /** The ids on the order's own list. */
    record Listed() implements Serials {}

    /** From one id to another: the same text before the digits they end in, and as many digits. */
    record Range(DeviceId first, DeviceId last) implements Serials {
        private static final int MOST_DIGITS = 18;

        public Range {
            int from = digitsAt(first.value());
            boolean alike = from == digitsAt(last.value())
                    && first.value().length() == last.value().length()
                    && first.value().substring(0, from).equals(last.value().substring(0, from));
            int digits = first.value().length() - from;
            if (!alike || digits < 1 || digits > MOST_DIGITS) {
                throw new IllegalArgumentException("serials are not two ids alike but for the 1 to " + MOST_DIGITS
                        + " digits they end in: " + first + " to " + last);
            }
            if (first.value().compareTo(last.value()) > 0) {
                throw new IllegalArgumentException("serials end before they begin: " + first + " to " + last);
            }
        }

        boolean contains(DeviceId unit) {
            String id = unit.value();
            return id.length() == first.value().length()
                    && digitsAt(id) <= prefix().length()
                    && id.startsWith(prefix())
                    && id.compareTo(first.value()) >= 0
                    && id.compareTo(last.value()) <= 0;
        }

        public int size() {
            return number(last)
                    .subtract(number(first))
                    .add(BigInteger.ONE)
                    .min(BigInteger.valueOf(Integer.MAX_VALUE))
                    .intValue();
        }

        /** The id so far from the first one, if the range has it. */
        public Optional<DeviceId> at(int index) {
            int digits = first.value().length() - prefix().length();
            String number = number(first).add(BigInteger.valueOf(index)).toString();
            return number.length() > digits
                    ? Optional.empty()
                    : Optional.of(new DeviceId(prefix() + "0".repeat(digits - number.length()) + number))
                            .filter(this::contains);
        }

        private String prefix() {
            return first.value().substring(0, digitsAt(first.value()));
        }

        private BigInteger number(DeviceId id) {
            return new BigInteger(id.value().substring(prefix().length()));
        }

        private static int digitsAt(String id) {
            int at = id.length();
            while (at > 0 && id.charAt(at - 1) >= '0' && id.charAt(at - 1) <= '9') {
                at--;
            }
            return at;
        }
    }
}
