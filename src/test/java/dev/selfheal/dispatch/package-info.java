/** Tests of the receiver's work. */
@NullMarked
package dev.selfheal.dispatch;

import org.jspecify.annotations.NullMarked;
