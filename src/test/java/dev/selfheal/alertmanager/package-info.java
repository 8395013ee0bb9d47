/** Tests against texts of Alertmanager, hostile ones, and a real Alertmanager. */
@NullMarked
package dev.selfheal.alertmanager;

import org.jspecify.annotations.NullMarked;
