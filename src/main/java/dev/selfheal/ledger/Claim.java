package dev.selfheal.ledger;

import dev.selfheal.remedy.Decision;
import java.time.Instant;

/**
 * What was decided about a target, and where it stands in the ledger.
 *
 * @param incident the incident concerned; 0 if none
 * @param attempt the attempt that was written down; 0 if none
 * @param at the moment for which it was decided
 * @param openedAt when the incident was opened; {@code at} if there is none
 */
public record Claim(Decision decision, long incident, long attempt, Instant at, Instant openedAt) {}
