/** Tests of the package. */
@NullMarked
package dev.selfheal.action;

import org.jspecify.annotations.NullMarked;
