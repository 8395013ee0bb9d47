/** The package, installed on a real Debian with systemd. */
@NullMarked
package dev.selfheal.deployed;

import org.jspecify.annotations.NullMarked;
