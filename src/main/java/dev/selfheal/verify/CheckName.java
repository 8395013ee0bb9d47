package dev.selfheal.verify;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The links of the chain. Each names those whose failure makes it fail as well, so that a report
 * can tell the broken link from what hangs on it.
 */
public enum CheckName {
  RECEIVER_UNIT,
  VERIFY_TIMER,
  RECEIVER(RECEIVER_UNIT),
  RECEIVER_VERSION(RECEIVER),
  LEDGER(RECEIVER),
  SSH,
  HOST_AGENT(SSH),
  EXPORTER_UNIT(HOST_AGENT),
  TARGET_UNIT(HOST_AGENT),
  RESTART_RIGHT(TARGET_UNIT),
  LADDER_RIGHT(TARGET_UNIT),
  CLOCK(HOST_AGENT),
  TEXTFILE(EXPORTER_UNIT, HOST_AGENT, CLOCK),
  EXPORTER_VERSION(TEXTFILE),
  NODE_EXPORTER,
  SERVED(TEXTFILE, NODE_EXPORTER),
  PROMETHEUS,
  SCRAPE(PROMETHEUS, SERVED),
  RECEIVER_SCRAPE(PROMETHEUS, RECEIVER),
  RULES(PROMETHEUS),
  ALERTMANAGER,
  NOTIFIER(PROMETHEUS, ALERTMANAGER),
  WEBHOOK_TOKEN(RECEIVER, LEDGER),
  ROUTE(ALERTMANAGER, WEBHOOK_TOKEN);

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which its type does not say
  private final List<CheckName> causes;

  CheckName(CheckName... causes) {
    this.causes = List.of(causes);
  }

  /** As tables, metrics and the documentation have it, such as {@code restart_right}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All whose failure explains one of this, the nearest first. */
  Set<CheckName> causes() {
    Set<CheckName> all = EnumSet.noneOf(CheckName.class);
    for (CheckName cause : causes) {
      all.add(cause);
      all.addAll(cause.causes());
    }
    return all;
  }
}
