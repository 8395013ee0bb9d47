/** The whole chain with real programs, from a textfile to a restarted process. */
@NullMarked
package dev.selfheal.e2e;

import org.jspecify.annotations.NullMarked;
