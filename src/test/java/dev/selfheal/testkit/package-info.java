/** Real programs that tests start and stop. */
@NullMarked
package dev.selfheal.testkit;

import org.jspecify.annotations.NullMarked;
