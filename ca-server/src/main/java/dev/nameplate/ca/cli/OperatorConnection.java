package dev.nameplate.ca.cli;

import java.net.URI;
import java.nio.file.Path;

/**
 * How to reach an operator door.
 *
 * @param base scheme, host and port
 * @param identityPem private key (PKCS#8) and certificate chain of the operator
 * @param trustPem the CA certificates that the door's certificate may lead to
 */
record OperatorConnection(URI base, Path identityPem, Path trustPem) {}
