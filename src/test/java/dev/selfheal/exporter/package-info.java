@NullMarked
package dev.selfheal.exporter;

import org.jspecify.annotations.NullMarked;
