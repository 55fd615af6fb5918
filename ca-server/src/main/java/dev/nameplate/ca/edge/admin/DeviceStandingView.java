package dev.nameplate.ca.edge.admin;

/**
 * How a device is now.
 *
 * @param certificates how many of its certificates stand elsewhere than before
 */
record DeviceStandingView(DeviceView device, Long certificates) {}
