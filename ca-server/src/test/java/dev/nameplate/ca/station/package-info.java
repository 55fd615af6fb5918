@NullMarked
package dev.nameplate.ca.station;

import org.jspecify.annotations.NullMarked;
