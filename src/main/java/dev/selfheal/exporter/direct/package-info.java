/**
 * The direct path: the exporter itself tells a receiver of a freeze, where no Prometheus does, or
 * besides it.
 */
@NullMarked
package dev.selfheal.exporter.direct;

import org.jspecify.annotations.NullMarked;
