/**
 * Freezes a target on purpose, watches the whole chain heal it, and judges. Whatever happens, the
 * host is left healthy: a timer on it ends each freeze that nothing else does.
 */
@NullMarked
package dev.selfheal.drill;

import org.jspecify.annotations.NullMarked;
