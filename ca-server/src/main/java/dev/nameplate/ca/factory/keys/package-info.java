/** Keys that are made in the token for devices: under whose key, and what becomes of it. Only wrapped keys are seen here. */
@NullMarked
package dev.nameplate.ca.factory.keys;

import org.jspecify.annotations.NullMarked;
