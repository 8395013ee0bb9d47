/** Small programs that this one starts: with nothing inherited, and never waited for in a read. */
@NullMarked
package dev.selfheal.child;

import org.jspecify.annotations.NullMarked;
