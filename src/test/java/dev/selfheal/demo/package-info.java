@NullMarked
package dev.selfheal.demo;

import org.jspecify.annotations.NullMarked;
