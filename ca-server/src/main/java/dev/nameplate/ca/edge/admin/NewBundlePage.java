package dev.nameplate.ca.edge.admin;

/**
 * Which envelopes of a bundle are fetched; at most 100 at once.
 *
 * @param from the place of the first, counted from 1
 * @param recipient base64 of the key they are encrypted to, as when the bundle was drawn
 */
record NewBundlePage(Long from, Long units, String recipient) {
    static final int MOST = 100;
}
