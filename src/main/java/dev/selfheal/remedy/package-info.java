/**
 * The policy of remediation as pure values: what is managed, what is known about it, what is to be
 * done now and why. Nothing here reads a clock, a file or a socket.
 */
@NullMarked
package dev.selfheal.remedy;

import org.jspecify.annotations.NullMarked;
