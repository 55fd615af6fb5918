package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.BatchName;

/** A closed batch. The record is base64 of CMS SignedData. */
record ClosedBatch(BatchName batch, String record) {}
