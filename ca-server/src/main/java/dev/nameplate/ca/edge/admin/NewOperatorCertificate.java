package dev.nameplate.ca.edge.admin;

/** @param csr a PKCS#10 request in PEM, made where the key is */
record NewOperatorCertificate(String csr) {}
