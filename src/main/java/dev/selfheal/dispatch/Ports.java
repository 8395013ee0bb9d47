package dev.selfheal.dispatch;

import dev.selfheal.action.Restarter;
import dev.selfheal.evidence.TargetEvidence;

/**
 * What the dispatch reaches the world through.
 *
 * @param alertmanager is asked which alerts are active, and told of those that people should get
 * @param listener is told what is done
 * @param ledgerIsDamaged ends the program: an empty ledger would refill the budgets
 */
public record Ports(
    Restarter restarter,
    TargetEvidence evidence,
    Alertmanager alertmanager,
    DispatchListener listener,
    Runnable ledgerIsDamaged) {}
