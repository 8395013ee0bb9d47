/** What an alert is, free of the wire format that brought it: pure values, no input or output. */
@NullMarked
package dev.selfheal.alert;

import org.jspecify.annotations.NullMarked;
