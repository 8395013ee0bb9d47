/**
 * Proves that each link of the deployed chain runs: one class per check, its judgement apart from
 * its question. Nothing here restarts anything.
 */
@NullMarked
package dev.selfheal.verify;

import org.jspecify.annotations.NullMarked;
