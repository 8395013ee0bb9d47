/** Tells a frozen Ollama from a healthy one. Pure: samples and a steady time in, verdicts out. */
@NullMarked
package dev.selfheal.exporter.detect;

import org.jspecify.annotations.NullMarked;
