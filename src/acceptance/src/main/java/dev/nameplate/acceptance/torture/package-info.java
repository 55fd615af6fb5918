/** What must survive a killed process and a lost token, tried as often as asked for. */
@NullMarked
package dev.nameplate.acceptance.torture;

import org.jspecify.annotations.NullMarked;
