package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.SerialNumber;

/** What the unit signed, in base64. */
record NewProof(SerialNumber serial, String signature) {}
