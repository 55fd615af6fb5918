/** The product as a stranger meets it: a jar, a home, three doors. Nothing here uses a class of the server. */
@NullMarked
package dev.nameplate.acceptance;

import org.jspecify.annotations.NullMarked;
