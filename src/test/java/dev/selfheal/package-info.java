/** Tests of the whole: the arrows between the packages, and the packaged jar. */
@NullMarked
package dev.selfheal;

import org.jspecify.annotations.NullMarked;
