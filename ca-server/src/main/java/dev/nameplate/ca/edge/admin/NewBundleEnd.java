package dev.nameplate.ca.edge.admin;

import java.util.Optional;

/**
 * A bundle is over before its time.
 *
 * @param why for the one who asks; nothing is done with it
 */
record NewBundleEnd(Optional<String> why) {}
