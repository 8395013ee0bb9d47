@NullMarked
package dev.selfheal.drill;

import org.jspecify.annotations.NullMarked;
