/** One Ollama host on a fake clock, healthy or frozen, as its raw text shows it. */
@NullMarked
package dev.selfheal.exporter.simulation;

import org.jspecify.annotations.NullMarked;
