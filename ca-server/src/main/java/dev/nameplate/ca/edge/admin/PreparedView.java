package dev.nameplate.ca.edge.admin;

import java.util.Optional;

/** @param requestPem a PKCS#10 for the CA elsewhere that is to sign it; absent if it has its certificate */
record PreparedView(IssuerView issuer, Optional<String> requestPem) {}
