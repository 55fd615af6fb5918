/** Tests of asking a webhook. */
@NullMarked
package dev.nameplate.ca.approval.webhook;

import org.jspecify.annotations.NullMarked;
