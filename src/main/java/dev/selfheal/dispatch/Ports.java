package dev.selfheal.dispatch;

import dev.selfheal.action.Restarter;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.evidence.TargetEvidence;
import java.util.function.Supplier;

/**
 * What the dispatch reaches the world through.
 *
 * @param alertmanager asks the configured Alertmanager which alerts are active
 * @param listener is told what is done
 * @param ledgerIsDamaged ends the program: an empty ledger would refill the budgets
 */
public record Ports(
    Restarter restarter,
    TargetEvidence evidence,
    Supplier<ActiveAlerts> alertmanager,
    DispatchListener listener,
    Runnable ledgerIsDamaged) {}
