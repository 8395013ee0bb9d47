@NullMarked
package dev.selfheal.exporter.probe;

import org.jspecify.annotations.NullMarked;
