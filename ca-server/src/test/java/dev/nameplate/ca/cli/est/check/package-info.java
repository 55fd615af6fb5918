@NullMarked
package dev.nameplate.ca.cli.est.check;

import org.jspecify.annotations.NullMarked;
