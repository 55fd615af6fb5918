package dev.nameplate.ca.device;

/** What a device wants: a certificate, or another one in place of the certificate it shows. */
public enum Purpose {
    ENROL,
    REENROL
}
