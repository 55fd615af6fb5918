package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.OperatorName;

/** The part of a batch that a station drew ahead of time; while it lasts its units are nobody else's. */
public record Slice(BundleName bundle, OperatorName station) {}
