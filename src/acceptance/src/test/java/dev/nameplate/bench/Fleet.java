package dev.nameplate.bench;

import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Devices born with a manufacturer's certificate, each enrolled once by it. */
final class Fleet {
    /** The label at which the manufacturer's certificates are accepted. */
    static final String LABEL = "bench";

    private static final int ANSWER_BYTES = 32 * 1024;

    private final EstTarget target;
    private final SmallCa manufacturer;
    private final TlsConnection.Buffers buffers = new TlsConnection.Buffers();
    private int born;

    Fleet(EstTarget target, SmallCa manufacturer) {
        this.target = target;
        this.manufacturer = manufacturer;
    }

    List<Device> enrol(int count) throws IOException {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(enrol("bench-" + born++));
        }
        return devices;
    }

    private Device enrol(String name) throws IOException {
        KeyPair keys = Native.keyPair();
        Identity birth = manufacturer.identityFor(name);
        try (TlsConnection connection = TlsConnection.open(target.address(), target.tls(), birth, buffers)) {
            connection.write(target.post(LABEL + "/simpleenroll", name, keys, EstTarget.Closing.AFTER_THE_ANSWER));
            HttpAnswer answer = HttpAnswer.read(connection, new byte[ANSWER_BYTES]);
            answer.require200();
            return new Device(name, identity(keys, answer));
        }
    }

    static Identity identity(KeyPair keys, HttpAnswer answer) throws IOException {
        X509CertificateHolder certificate = EstTarget.certificate(answer);
        return new Identity(keys.getPrivate(), Native.certificate(certificate.getEncoded()));
    }

    /** A device and the newest certificate it has. */
    static final class Device {
        private final String name;
        private Identity identity;

        Device(String name, Identity identity) {
            this.name = name;
            this.identity = identity;
        }

        String name() {
            return name;
        }

        Identity identity() {
            return identity;
        }

        void renewed(Identity newest) {
            identity = newest;
        }
    }
}
