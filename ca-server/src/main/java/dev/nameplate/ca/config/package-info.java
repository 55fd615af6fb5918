/** The settings file and the home: read once, checked whole, turned into the features' settings. */
@NullMarked
package dev.nameplate.ca.config;

import org.jspecify.annotations.NullMarked;
