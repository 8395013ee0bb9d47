@NullMarked
package dev.selfheal.exporter.direct;

import org.jspecify.annotations.NullMarked;
