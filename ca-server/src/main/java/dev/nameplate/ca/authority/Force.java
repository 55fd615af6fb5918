package dev.nameplate.ca.authority;

/** Whether a step is done although it cuts somebody off. */
public enum Force {
    NOT,
    FORCED
}
