/** What anyone may fetch over plain HTTP: CA certificates, as AIA URLs name them. */
@NullMarked
package dev.nameplate.ca.edge.distribution;

import org.jspecify.annotations.NullMarked;
