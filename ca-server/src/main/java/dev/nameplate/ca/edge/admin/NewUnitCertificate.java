package dev.nameplate.ca.edge.admin;

import java.util.Map;
import java.util.Optional;

/** A unit brings its key: a PKCS#10 request in PEM or base64. */
record NewUnitCertificate(String csr, Optional<Map<String, String>> attributes) {}
