package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.SerialNumber;

/**
 * An operator just added.
 *
 * @param certificatePem the operator's certificate
 * @param chainPem the certificates above it, up to the root
 */
record AddedOperator(OperatorView operator, SerialNumber serial, String certificatePem, String chainPem) {}
