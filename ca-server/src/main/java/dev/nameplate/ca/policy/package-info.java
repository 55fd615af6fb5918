/** Profiles and CSR checks: what may be asked for, and what is admitted. */
@NullMarked
package dev.nameplate.ca.policy;

import org.jspecify.annotations.NullMarked;
