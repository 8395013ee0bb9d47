/**
 * What the shipped program does when disk, files, ports, configuration or signals go against it.
 */
@NullMarked
package dev.selfheal.faults;

import org.jspecify.annotations.NullMarked;
