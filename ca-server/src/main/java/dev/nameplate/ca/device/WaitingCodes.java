package dev.nameplate.ca.device;

/** Codes under which a request waits for somebody's word, or has it and is not fetched yet. */
@FunctionalInterface
public interface WaitingCodes {
    boolean waitsUnder(CodeId code);
}
