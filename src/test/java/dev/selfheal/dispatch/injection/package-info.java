/** Random episodes of a whole receiver among fake hosts on a fake clock, where anything fails. */
@NullMarked
package dev.selfheal.dispatch.injection;

import org.jspecify.annotations.NullMarked;
