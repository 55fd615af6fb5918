package dev.nameplate.ca.renewal;

/**
 * How far a campaign is, in devices.
 *
 * @param cohort all of them
 * @param done whose newest certificate is what the campaign wants
 * @param wrong that renewed since, and have something else
 * @param waiting that have not renewed, and are not late
 * @param late that have not renewed although their window is over
 * @param ended of those that have not renewed: with no certificate that is valid still
 */
public record Progress(long cohort, long done, long wrong, long waiting, long late, long ended) {}
