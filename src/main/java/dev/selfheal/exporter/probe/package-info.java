/** One class for each source that tells something of an Ollama, and the parsers of what it says. */
@NullMarked
package dev.selfheal.exporter.probe;

import org.jspecify.annotations.NullMarked;
