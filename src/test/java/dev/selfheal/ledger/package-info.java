/** The contract that every store of the ledger keeps, random histories, and faults of the disk. */
@NullMarked
package dev.selfheal.ledger;

import org.jspecify.annotations.NullMarked;
