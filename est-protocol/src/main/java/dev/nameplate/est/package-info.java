@NullMarked
package dev.nameplate.est;

import org.jspecify.annotations.NullMarked;
