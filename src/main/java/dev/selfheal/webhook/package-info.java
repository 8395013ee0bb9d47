/** The receiver's HTTP side: routes, who may use them, limits, and TLS. */
@NullMarked
package dev.selfheal.webhook;

import org.jspecify.annotations.NullMarked;
