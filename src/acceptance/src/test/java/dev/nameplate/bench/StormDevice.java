package dev.nameplate.bench;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.concurrent.atomic.AtomicInteger;

/** A device in a storm: its certificate, the request for its next one, and how it fares. One thread at a time. */
final class StormDevice {
    final String id;
    final boolean nearlyExpired;
    private final PrivateKey key;
    private final byte[] certificate;
    private final byte[] publicKey;
    private final byte[] request;
    private volatile long firstTry;
    private volatile long done;
    private final AtomicInteger tries = new AtomicInteger();

    StormDevice(String id, boolean nearlyExpired, PrivateKey key, byte[] certificate, EstTarget target) {
        this.id = id;
        this.nearlyExpired = nearlyExpired;
        this.key = key;
        this.certificate = certificate;
        KeyPair next = Native.keyPair();
        this.publicKey = next.getPublic().getEncoded();
        this.request = target.post("simplereenroll", id, next, EstTarget.Closing.AFTER_THE_ANSWER);
    }

    Identity identity() {
        return new Identity(key, Native.certificate(certificate));
    }

    byte[] request() {
        return request;
    }

    byte[] publicKey() {
        return publicKey;
    }

    void tries() {
        firstTry = firstTry == 0 ? System.nanoTime() : firstTry;
        tries.incrementAndGet();
    }

    void isDone() {
        done = System.nanoTime();
    }

    boolean hasItsCertificate() {
        return done != 0;
    }

    int tried() {
        return tries.get();
    }

    /** From its first try to its certificate. */
    double waitedSeconds() {
        return (done - firstTry) / 1e9;
    }
}
