package dev.nameplate.hsm.pkcs11;

import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** Something to do in a session. May be run again after a loss, so it changes nothing of its own before it succeeds. */
@FunctionalInterface
interface TokenWork<T> {
    T on(TokenSession session) throws PKCS11Exception, TokenLoss;
}
