/**
 * The receiver's work: takes in alerts, looks at open incidents again and again, and has done what
 * the policy decides.
 */
@NullMarked
package dev.selfheal.dispatch;

import org.jspecify.annotations.NullMarked;
