/** Tests of what an alert is. */
@NullMarked
package dev.selfheal.alert;

import org.jspecify.annotations.NullMarked;
