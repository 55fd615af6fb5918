package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.renewal.Progress;

/** @param devices how many are how far */
record CampaignDetails(CampaignView campaign, Progress devices) {}
