/** Tests of what the HTTP clients share. */
@NullMarked
package dev.selfheal.http;

import org.jspecify.annotations.NullMarked;
