/** Tests of the last word on enrolments. */
@NullMarked
package dev.nameplate.ca.approval;

import org.jspecify.annotations.NullMarked;
