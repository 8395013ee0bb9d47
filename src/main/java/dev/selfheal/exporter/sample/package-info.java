/** What one look at a host found: the vocabulary between the probes and the detector. Pure. */
@NullMarked
package dev.selfheal.exporter.sample;

import org.jspecify.annotations.NullMarked;
