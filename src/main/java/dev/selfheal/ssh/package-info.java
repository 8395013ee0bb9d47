/**
 * Commands and forwarded channels on other hosts, over SSH: one key, host keys that must be known
 * already, and an end to every wait.
 *
 * <p>Threads, all daemons: one for each open connection, one for each forwarded port and one for
 * each connection through it; and for as long as a handshake or the opening of a channel takes, one
 * for that. None is left when no connection is open.
 */
@NullMarked
package dev.selfheal.ssh;

import org.jspecify.annotations.NullMarked;
