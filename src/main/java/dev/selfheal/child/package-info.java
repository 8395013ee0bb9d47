/**
 * Small programs that this one starts, with nothing inherited and never waited for in a read; and
 * what is kept of a command's output, here or on another host.
 */
@NullMarked
package dev.selfheal.child;

import org.jspecify.annotations.NullMarked;
