package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Closing;

/** What is to become of units that are neither verified nor scrapped. */
record NewClosing(Closing.Rest rest) {}
