package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.dispatch.Sorter.Sorted;
import dev.selfheal.ledger.Heard;
import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes in notifications. When it returns, every alert that concerns a target is in the ledger;
 * restarts come later, by themselves.
 */
public final class Incidents {

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final RepeatCache repeats;
  private final Consumer<String> look;
  private final IntakeLog log;

  /**
   * @param look is told the key of each actuator about which there is something new
   */
  public Incidents(
      Ledger ledger,
      Supplier<Managed> managed,
      RepeatCache repeats,
      Consumer<String> look,
      DispatchListener listener) {
    this.ledger = ledger;
    this.managed = managed;
    this.repeats = repeats;
    this.look = look;
    this.log = new IntakeLog(listener);
  }

  /**
   * Takes in a notification.
   *
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written; then nothing was
   *     taken in, and the sender must send again
   */
  public Intake accept(Payload payload) {
    Managed now = managed.get();
    long generation = repeats.generation();
    Sorter sorter = new Sorter(now, repeats, Sources.of(payload));
    Tally tally = new Tally();
    List<Sorted.Fresh> fresh = new ArrayList<>();
    for (Alert alert : payload.alerts()) {
      Sorted sorted = sorter.sort(alert);
      if (sorted instanceof Sorted.Fresh one) {
        fresh.add(one);
      } else {
        note(alert, sorted, tally);
      }
    }
    record(fresh, generation, tally);
    log.odd(payload.odd());
    return tally.intake(payload.odd());
  }

  private void note(Alert alert, Sorted sorted, Tally tally) {
    if (sorted instanceof Sorted.Known known) {
      tally.accepted(known.incident());
      log.heard(alert, Disposition.REPEATED.label());
    } else if (sorted instanceof Sorted.Probe probe) {
      ledger.hearProbe(probe.nonce());
      tally.accepted(0);
      log.heard(alert, "probe");
    } else if (sorted instanceof Sorted.Ignored ignored) {
      tally.ignored++;
      log.ignored(alert, ignored.why(), managed.get().alertnames().contains(alert.name()));
    } else {
      tally.accepted(0);
      log.heard(alert, "duplicate");
    }
  }

  private void record(List<Sorted.Fresh> fresh, long generation, Tally tally) {
    if (fresh.isEmpty()) {
      return;
    }
    List<News> news = fresh.stream().map(Sorted.Fresh::news).toList();
    List<Heard> heard = ledger.hear(news);
    Set<String> actuators = new TreeSet<>();
    for (int i = 0; i < fresh.size(); i++) {
      Alert alert = fresh.get(i).alert();
      Heard one = heard.get(i);
      tally.accepted(one.incident());
      log.heard(alert, one.disposition().label());
      if (one.incident() != 0) {
        repeats.remember(alert, one.incident(), generation);
        actuators.add(news.get(i).place().actuator());
      }
    }
    actuators.forEach(look);
  }

  /** Counts while a notification is taken in. */
  private static final class Tally {
    private final Set<Long> incidents = new TreeSet<>();
    private int accepted;
    private int ignored;

    void accepted(long incident) {
      accepted++;
      if (incident != 0) {
        incidents.add(incident);
      }
    }

    Intake intake(int odd) {
      return new Intake(accepted, ignored + odd, List.copyOf(incidents));
    }
  }
}
