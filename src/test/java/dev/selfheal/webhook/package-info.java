/** Tests of the HTTP routes, over real connections. */
@NullMarked
package dev.selfheal.webhook;

import org.jspecify.annotations.NullMarked;
