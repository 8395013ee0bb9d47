@NullMarked
package dev.selfheal.verify;

import org.jspecify.annotations.NullMarked;
