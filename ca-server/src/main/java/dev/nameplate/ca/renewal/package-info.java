/** When devices are advised to renew, and how operators have some of them do so early. */
@NullMarked
package dev.nameplate.ca.renewal;

import org.jspecify.annotations.NullMarked;
