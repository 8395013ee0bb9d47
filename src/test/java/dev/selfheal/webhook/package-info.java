/** Tests of the receiver's HTTP side. */
@NullMarked
package dev.selfheal.webhook;

import org.jspecify.annotations.NullMarked;
