/** The wiring of the program, by hand: what is made, in which order, and how it ends. */
@NullMarked
package dev.selfheal.app;

import org.jspecify.annotations.NullMarked;
