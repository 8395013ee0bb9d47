/** Tests of the package. */
@NullMarked
package dev.selfheal.ollama;

import org.jspecify.annotations.NullMarked;
