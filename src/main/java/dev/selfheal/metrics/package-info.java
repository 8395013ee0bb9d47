/** The receiver's metrics, in Prometheus' conventions. */
@NullMarked
package dev.selfheal.metrics;

import org.jspecify.annotations.NullMarked;
