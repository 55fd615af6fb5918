package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.BundleName;
import java.time.Duration;

/**
 * Units to be drawn ahead of time.
 *
 * @param bundle a name the station makes up, so that the same call again draws nothing more
 * @param recipient base64 of the SubjectPublicKeyInfo in DER that the batch's key-encryption key was handed over to
 * @param journalKey base64 of the SubjectPublicKeyInfo in DER, on P-256, that will sign the journal
 */
record NewBundle(BundleName bundle, Long units, Duration validFor, String recipient, String journalKey) {}
