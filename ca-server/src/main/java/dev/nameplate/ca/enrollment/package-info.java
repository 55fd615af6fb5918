/** The use case: an authenticated device and its CSR become a certificate or a refusal. */
@NullMarked
package dev.nameplate.ca.enrollment;

import org.jspecify.annotations.NullMarked;
