/** The shipped rules, Alertmanager configuration and their page, before the real tools. */
@NullMarked
package dev.selfheal.rules;

import org.jspecify.annotations.NullMarked;
