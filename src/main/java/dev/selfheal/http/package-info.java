/**
 * What every client over {@code java.net.http} needs: answers of bounded size and time, and words
 * for none.
 */
@NullMarked
package dev.selfheal.http;

import org.jspecify.annotations.NullMarked;
