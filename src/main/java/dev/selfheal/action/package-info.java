/** The act of restarting a target on this machine, and the proof that it helped. */
@NullMarked
package dev.selfheal.action;

import org.jspecify.annotations.NullMarked;
