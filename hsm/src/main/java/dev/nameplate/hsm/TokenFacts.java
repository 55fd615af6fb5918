package dev.nameplate.hsm;

/** What a token says of itself (C_GetTokenInfo). */
public record TokenFacts(
        String label, String manufacturer, String model, String serial, String hardware, String firmware) {}
