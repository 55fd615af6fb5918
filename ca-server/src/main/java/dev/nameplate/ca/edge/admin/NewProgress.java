package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.SerialNumber;

/** How far the certificate with this serial came: delivered, written or closed. */
record NewProgress(UnitState reached, SerialNumber serial) {}
