<<<<<<< HEAD
/**
 * The ways to look at a host: one class per probe, each with a pure parser beside it. A probe never
 * throws for what the host does, and says unknown where it cannot read.
 */
=======
/** One class per thing that is looked at on a host, and a pure parser for each. */
>>>>>>> h/gpu
@NullMarked
package dev.selfheal.exporter.probe;

import org.jspecify.annotations.NullMarked;
