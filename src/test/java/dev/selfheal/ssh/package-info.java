/** Tests of the SSH client against the real OpenSSH server. */
@NullMarked
package dev.selfheal.ssh;

import org.jspecify.annotations.NullMarked;
