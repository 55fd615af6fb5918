package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.revocation.RevocationReason;

/** Why a certificate is to be revoked. */
record NewRevocation(RevocationReason reason) {}
