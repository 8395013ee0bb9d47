/** What a target's own exporter says about it. */
@NullMarked
package dev.selfheal.evidence;

import org.jspecify.annotations.NullMarked;
