package dev.nameplate.hsm.pkcs11;

import java.lang.management.ManagementFactory;
import java.security.PrivateKey;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** Looks for private keys among the classes that have an instance on this heap. */
final class HeapHistogram {
    private HeapHistogram() {}

    /** Classes of private keys with an instance, whether it is still in use or not collected yet. */
    static List<String> privateKeys() {
        return privateKeysIn(histogram("-all"));
    }

    /** The same after a full collection: instances in use. */
    static List<String> privateKeysInUse() {
        return privateKeysIn(histogram());
    }

    private static List<String> privateKeysIn(String histogram) {
        return histogram
                .lines()
                .map(String::strip)
                .map(line -> line.split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
                .map(columns -> columns[3])
                .filter(name -> !name.startsWith("["))
                .filter(HeapHistogram::isPrivateKey)
                .toList();
    }

    private static String histogram(String... options) {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {options},
                            new String[] {String[].class.getName()});
        } catch (JMException unavailable) {
            throw new AssertionError("this JVM gives no class histogram", unavailable);
        }
    }

    private static boolean isPrivateKey(String name) {
        try {
            Class<?> type = Class.forName(name, false, HeapHistogram.class.getClassLoader());
            return PrivateKey.class.isAssignableFrom(type)
                    || (AsymmetricKeyParameter.class.isAssignableFrom(type) && name.contains("Private"));
        } catch (ClassNotFoundException | LinkageError hidden) {
            return name.contains("PrivateKeyParameters") || name.contains("PrivateCrtKey");
        }
    }
}
