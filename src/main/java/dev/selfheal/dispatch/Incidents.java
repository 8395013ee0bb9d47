package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.dispatch.Sorter.Sorted;
import dev.selfheal.ledger.Heard;
import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.News.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes in notifications. When it returns, every alert that concerns a target is in the ledger;
 * restarts come later, by themselves.
 */
public final class Incidents {

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final RepeatCache repeats;
  private final Attention attention;
  private final IntakeLog log;

  /**
   * @param attention is drawn to targets about which there is something new
   */
  public Incidents(
      Ledger ledger,
      Supplier<Managed> managed,
      RepeatCache repeats,
      Attention attention,
      DispatchListener listener) {
    this.ledger = ledger;
    this.managed = managed;
    this.repeats = repeats;
    this.attention = attention;
    this.log = new IntakeLog(listener);
  }

  /** An alert that is not written into an incident, and what it is instead. */
  private record Other(Alert alert, Sorted sorted) {}

  /**
   * Takes in a notification.
   *
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written; then nothing was
   *     taken in, and the sender must send again
   */
  public Intake accept(Payload payload) {
    // Read before the configuration: what a reload forgets after this is not remembered again.
    long generation = repeats.generation();
    Managed now = managed.get();
    Sorter sorter = new Sorter(now, repeats, Sources.of(payload));
    List<Sorted.Fresh> fresh = new ArrayList<>();
    List<Other> others = new ArrayList<>();
    for (Alert alert : payload.alerts()) {
      Sorted sorted = sorter.sort(alert);
      if (sorted instanceof Sorted.Fresh one) {
        fresh.add(one);
      } else {
        others.add(new Other(alert, sorted));
      }
    }
    List<Heard> heard = ledger.hear(fresh.stream().map(Sorted.Fresh::news).toList());
    sorter.probes().forEach(ledger::hearProbe);
    Tally tally = new Tally(log.page(now.alertnames()));
    remember(fresh, heard, generation);
    for (int i = 0; i < fresh.size(); i++) {
      tally.accepted(fresh.get(i).alert(), heard.get(i).incident(), heard.get(i).disposition());
    }
    others.forEach(tally::note);
    attention.accepted().accept(payload);
    return tally.intake(payload.odd());
  }

  private void remember(List<Sorted.Fresh> fresh, List<Heard> heard, long generation) {
    Set<String> actuators = new TreeSet<>();
    for (int i = 0; i < fresh.size(); i++) {
      long incident = heard.get(i).incident();
      if (incident != 0) {
        repeats.remember(fresh.get(i).alert(), incident, generation);
        if (matters(fresh.get(i).news().place(), heard.get(i).disposition())) {
          actuators.add(fresh.get(i).news().place().actuator());
        }
      }
    }
    actuators.forEach(attention.look());
  }

  /**
   * A repeat changes nothing but how fresh the news are, and neither does one alert more of an
   * incident that is held. Looking at each would feed on itself in a storm.
   */
  private boolean matters(Place place, Disposition disposition) {
    return switch (disposition) {
      case REPEATED, JOINED -> attention.awaitsNews().test(place.target());
      case OPENED, RESOLVED, LATE -> true;
    };
  }

  /**
   * Where news go.
   *
   * @param look is told the key of each actuator about which there is something new
   * @param awaitsNews whether a target's decision may change by mere freshness of its news
   * @param accepted is told of each notification that was taken in, and returns at once
   */
  record Attention(
      Consumer<String> look, Predicate<String> awaitsNews, Consumer<Payload> accepted) {}

  /** Counts once all of a notification is in the ledger: what is not will be sent again. */
  private static final class Tally {
    private final IntakeLog.Page page;
    private final Set<Long> incidents = new TreeSet<>();
    private int accepted;
    private int ignored;

    Tally(IntakeLog.Page page) {
      this.page = page;
    }

    void accepted(Alert alert, long incident, Disposition disposition) {
      accepted++;
      if (incident != 0) {
        incidents.add(incident);
      }
      page.heard(alert, disposition.label());
    }

    void note(Other other) {
      if (other.sorted() instanceof Sorted.Known known) {
        accepted(other.alert(), known.incident(), Disposition.REPEATED);
      } else if (other.sorted() instanceof Sorted.Ignored why) {
        ignored++;
        page.ignored(other.alert(), why.why());
      } else {
        accepted++;
        page.heard(other.alert(), other.sorted() instanceof Sorted.Probe ? "probe" : "duplicate");
      }
    }

    Intake intake(int odd) {
      page.end(odd);
      return new Intake(accepted, ignored + odd, List.copyOf(incidents));
    }
  }
}
