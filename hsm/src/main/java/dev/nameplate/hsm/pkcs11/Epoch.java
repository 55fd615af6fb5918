package dev.nameplate.hsm.pkcs11;

/**
 * How long sessions and handles live: one initialisation of the library, one login.
 *
 * @param module counts initialisations
 * @param login counts logins and losses of sessions
 */
record Epoch(long module, long login) {}
