/**
 * What the receiver must not forget: incidents, attempts, pauses. A port with one store behind it;
 * every decision to restart is written here before anything is touched.
 */
@NullMarked
package dev.selfheal.ledger;

import org.jspecify.annotations.NullMarked;
