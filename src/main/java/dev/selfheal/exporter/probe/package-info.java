/**
 * The ways to look at a host: one class per probe, each with a pure parser beside it. A probe never
 * throws for what the host does, and says unknown where it cannot read.
 */
@NullMarked
package dev.selfheal.exporter.probe;

import org.jspecify.annotations.NullMarked;
