/**
 * The configuration: records that hold it, and a loader that reports every problem of a file at
 * once, each by its YAML path.
 */
@NullMarked
package dev.selfheal.config;

import org.jspecify.annotations.NullMarked;
