/** Tests of the command line. */
@NullMarked
package dev.selfheal.cli;

import org.jspecify.annotations.NullMarked;
