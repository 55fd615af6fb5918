@NullMarked
package dev.nameplate.schema;

import org.jspecify.annotations.NullMarked;
