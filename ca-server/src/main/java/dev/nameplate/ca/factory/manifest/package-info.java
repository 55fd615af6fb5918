/** What others write of their devices: ids and public keys, read one by one. */
@NullMarked
package dev.nameplate.ca.factory.manifest;

import org.jspecify.annotations.NullMarked;
