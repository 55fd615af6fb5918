/** The registry of devices and how one proves who it is. */
@NullMarked
package dev.nameplate.ca.device;

import org.jspecify.annotations.NullMarked;
