package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Host;
import dev.selfheal.action.ServerProcess;
import dev.selfheal.drill.DrillReport.Ending;
import dev.selfheal.drill.DrillReport.Moment;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Drill.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One drill: freezes a target with a request of its own in flight, watches, judges, and leaves the
 * server as it should be. For one use.
 */
public final class Drill {
  private static final Duration FREEZING = Duration.ofSeconds(25);

  /** A model that is not in memory must be loaded before anything can be frozen. */
  private static final Duration LOADING = Duration.ofMinutes(3);

  /** The receiver's mark outlasts the freeze, its end and the wait for a model's answer. */
  private static final Duration MARK_MARGIN = Duration.ofMinutes(2);

  private static final String OPT_IN =
      "on its host: install -m 644 /usr/share/doc/ollama-selfheal/examples/"
          + "61-ollama-selfheal-drill.rules /etc/polkit-1/rules.d/";

  private final DrillTools tools;
  private final DrillPlan plan;
  private final Consumer<Moment> audience;
  private final ReceiverDesk desk;
  private final Aftermath aftermath;
  private volatile boolean frozen;
  private volatile long number;

  /**
   * @param audience is told of each stage when it is seen, by any thread
   */
  public Drill(DrillTools tools, DrillPlan plan, Consumer<Moment> audience) {
    this.tools = tools;
    this.plan = plan;
    this.audience = audience;
    this.desk = new ReceiverDesk(tools.chain().receiver(), plan.target().name());
    this.aftermath = new Aftermath(tools.hosts(), plan.target(), tools.time());
  }

  /** Does it all. The host is left healthy, or with a timer that sees to it. */
  public DrillReport run() throws InterruptedException {
    try (Host host = tools.hosts().visit(plan.target())) {
      Readiness ready = Readiness.of(desk, host, tools.time().clock());
      if (ready.serverOrNull() == null) {
        return DrillReport.refused(String.valueOf(ready.hindranceOrNull()), "selfheal verify");
      }
      if (!ready.obstacles().isEmpty() && !plan.force()) {
        return DrillReport.refused(
            String.join("; ", ready.obstacles()), "mend that, or drill all the same with --force");
      }
      return withRequest(host, ready.serverOrNull());
    } catch (RuntimeException e) {
      breakOff("a fault of the drill itself: " + e.getMessage());
      throw e;
    }
  }

  private DrillReport withRequest(Host host, ServerProcess server) throws InterruptedException {
    Duration lasting = plan.within().plus(LOADING);
    try (OwnRequest request = OwnRequest.begin(host, LOADING, lasting, tools.time().ticker())) {
      number = desk.begin(plan.within().plus(MARK_MARGIN), plan.force());
      return told(freeze(host, server, request));
    } catch (OwnRequest.NoModelException e) {
      return DrillReport.refused(String.valueOf(e.getMessage()), "selfheal status");
    } catch (NoAnswerException e) {
      return DrillReport.refused("the receiver does not take the drill: " + e.why(), "");
    }
  }

  private DrillReport freeze(Host host, ServerProcess server, OwnRequest request)
      throws InterruptedException {
    frozen = true; // whatever comes of it: what was asked for may have happened
    CommandResult result = host.freeze(plan.freeze(), FREEZING);
    if (!(result instanceof CommandResult.Exited exited) || exited.status() != 0) {
      return notFrozen(result);
    }
    Timeline timeline = new Timeline(tools.time().ticker(), audience);
    timeline.reached(
        Stage.FROZEN,
        "its %s is stopped, for %d s at most, and a request to %s waits"
            .formatted(plan.what().word(), plan.freeze().most().toSeconds(), request.model()));
    request.keepWaiting();
    List<Watch> watches = watches(server);
    try (Following following = new Following(watches, tools.time().pauser())) {
      following.toTheEnd(timeline, plan.within());
    } finally {
      request.close();
    }
    return judged(timeline, new Judge(watches), request.model());
  }

  /** One that ended with an error has left nothing frozen; of any other nobody knows. */
  private DrillReport notFrozen(CommandResult result) throws InterruptedException {
    String left = letGo();
    boolean untouched =
        result instanceof CommandResult.Exited || result instanceof CommandResult.NotStarted;
    return new DrillReport(
        Ending.FAILED,
        Duration.ZERO,
        "it could not be frozen: " + Words.of(result),
        OPT_IN,
        List.of(),
        untouched ? "nothing is frozen" : left);
  }

  private List<Watch> watches(ServerProcess server) {
    Alerts alerts = new Alerts(tools.alertnames(), plan.target().match());
    List<Watch> watches = new ArrayList<>();
    watches.add(new HostWatch(tools.hosts(), plan.target(), server, tools.time().clock()));
    if (tools.chain().prometheusOrNull() != null) {
      watches.add(new PrometheusWatch(tools.chain().prometheusOrNull(), alerts));
    }
    if (tools.chain().alertmanagerOrNull() != null) {
      watches.add(new AlertmanagerWatch(tools.chain().alertmanagerOrNull(), alerts));
    }
    watches.add(new ReceiverWatch(desk, number));
    return watches;
  }

  private DrillReport judged(Timeline timeline, Judge judge, String model)
      throws InterruptedException {
    Duration took = timeline.at(Stage.PROOF).map(Moment::after).orElseGet(timeline::elapsed);
    boolean healed = timeline.has(Stage.PROOF) && took.compareTo(plan.within()) <= 0;
    Judge.Blame blame = judge.blame(timeline, plan.within());
    String freeze = letGo();
    boolean answers = aftermath.answers(model);
    if (healed && answers) {
      timeline.reached(Stage.ANSWER, model + " gave a token");
    }
    String left = freeze + (answers ? ", and " + model + " answers" : ", and no model answers yet");
    if (healed && answers) {
      String words = "healed in %.1f s".formatted(took.toMillis() / 1000.0);
      return new DrillReport(Ending.PASSED, took, words, "", timeline.moments(), left);
    }
    return new DrillReport(
        Ending.FAILED, took, blame.words(), blame.mend(), timeline.moments(), left);
  }

  /** The verdict stands, also where the receiver cannot take it: it counts the drill as failed. */
  private DrillReport told(DrillReport report) throws InterruptedException {
    try {
      desk.end(number, new Verdict(report.passed(), report.took(), brief(report.verdict())));
      number = 0;
      return report;
    } catch (NoAnswerException e) {
      return report.with("the receiver was not told of the end: " + e.why());
    }
  }

  private static String brief(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "..." : text;
  }

  /**
   * Ends the freeze and the receiver's mark, if there are any, for a program that is told to end;
   * says what became of it.
   *
   * @return null if the receiver knows of no drill that is under way
   */
  public @Nullable String abort() throws InterruptedException {
    return breakOff("it was interrupted");
  }

  private @Nullable String breakOff(String why) throws InterruptedException {
    if (number == 0) {
      return null;
    }
    String left = frozen ? letGo() : "nothing is frozen";
    try {
      desk.end(number, new Verdict(false, Duration.ZERO, brief(why)));
      number = 0;
    } catch (NoAnswerException e) {
      return left + "; the receiver was not told";
    }
    return left;
  }

  private String letGo() throws InterruptedException {
    String left = aftermath.letGo();
    frozen = false;
    return left;
  }
}
