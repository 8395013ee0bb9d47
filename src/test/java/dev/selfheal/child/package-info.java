/** Tests of what is kept of a command's output. */
@NullMarked
package dev.selfheal.child;

import org.jspecify.annotations.NullMarked;
