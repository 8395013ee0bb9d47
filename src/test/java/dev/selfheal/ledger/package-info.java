/** Tests against texts of Alertmanager, hostile ones, and a real Alertmanager. */
@NullMarked
package dev.selfheal.ledger;

import org.jspecify.annotations.NullMarked;
