package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.Identity;
import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import org.bouncycastle.cert.X509CertificateHolder;

/** By what a device asks for a certificate. */
sealed interface Credential {
    Answer ask(EstDoor door, byte[] csr) throws IOException;

    record Code(BasicCredentials code) implements Credential {
        @Override
        public Answer ask(EstDoor door, byte[] csr) throws IOException {
            return door.enrol(code, csr);
        }
    }

    record Certificate(Identity identity, X509CertificateHolder certificate) implements Credential {
        @Override
        public Answer ask(EstDoor door, byte[] csr) throws IOException {
            return door.reenrol(identity, csr);
        }
    }
}
