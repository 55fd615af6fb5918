package dev.nameplate.ca.factory.offline;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What a station did with a unit of a bundle. */
public sealed interface Deed {
    /** As the journal writes it. */
    String word();

    /**
     * The unit was given to a device.
     *
     * @param device what the line calls it
     */
    record Taken(String device) implements Deed {
        private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,64}");

        public Taken {
            if (!FORM.matcher(device).matches()) {
                throw new IllegalArgumentException("a device is called by 1 to 64 printable characters without spaces");
            }
        }

        @Override
        public String word() {
            return "taken";
        }
    }

    /** Key and certificate are in the device. */
    record Written() implements Deed {
        @Override
        public String word() {
            return "written";
        }
    }

    /** The device signed what it got with its certificate. */
    record Proved(byte[] signature) implements Deed {
        public Proved {
            signature = signature.clone();
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public String word() {
            return "proved";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Proved that && Arrays.equals(signature, that.signature);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(signature);
        }

        @Override
        public String toString() {
            return "Proved[]";
        }
    }

    /** The device is thrown away, or the unit could not be used. */
    record Scrapped(String reason) implements Deed {
        private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}]{1,200}");

        public Scrapped {
            if (!FORM.matcher(reason).matches()) {
                throw new IllegalArgumentException("reason is not 1 to 200 characters in one line");
            }
        }

        @Override
        public String word() {
            return "scrapped";
        }
    }
}
