/**
 * Booted Debian machines for tests: systemd as PID 1, a network of their own, nothing left behind.
 */
@NullMarked
package dev.selfheal.machine;

import org.jspecify.annotations.NullMarked;
