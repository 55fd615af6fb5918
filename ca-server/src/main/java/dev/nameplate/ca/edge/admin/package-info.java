/** The operator API: one table of operations, and the HTTP, the role checks and the OpenAPI document made from it. */
@NullMarked
package dev.nameplate.ca.edge.admin;

import org.jspecify.annotations.NullMarked;
