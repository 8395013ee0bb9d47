/**
 * The exporter: looks at one Ollama again and again, judges whether it is frozen, and writes what
 * it found for node_exporter.
 */
@NullMarked
package dev.selfheal.exporter;

import org.jspecify.annotations.NullMarked;
