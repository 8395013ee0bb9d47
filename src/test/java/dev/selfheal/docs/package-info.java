/** The documentation against what it speaks of. */
@NullMarked
package dev.selfheal.docs;

import org.jspecify.annotations.NullMarked;
