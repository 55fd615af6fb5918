/** Tests of the operator API. */
@NullMarked
package dev.nameplate.ca.edge.admin;

import org.jspecify.annotations.NullMarked;
