/** Client of Ollama's HTTP API. */
@NullMarked
package dev.selfheal.ollama;

import org.jspecify.annotations.NullMarked;
