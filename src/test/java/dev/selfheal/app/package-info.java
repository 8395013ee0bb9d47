@NullMarked
package dev.selfheal.app;

import org.jspecify.annotations.NullMarked;
