/** One class per thing that is looked at on a host, and a pure parser for each. */
@NullMarked
package dev.selfheal.exporter.probe;

import org.jspecify.annotations.NullMarked;
