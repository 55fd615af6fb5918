@NullMarked
package dev.nameplate.hsm;

import org.jspecify.annotations.NullMarked;
