@NullMarked
package dev.selfheal.dispatch;

import org.jspecify.annotations.NullMarked;
