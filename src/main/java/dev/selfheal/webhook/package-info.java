/** The receiver's HTTP side: routes, roles, limits. */
@NullMarked
package dev.selfheal.webhook;

import org.jspecify.annotations.NullMarked;
