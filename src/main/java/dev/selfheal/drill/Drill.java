package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Host;
import dev.selfheal.action.Polkit;
import dev.selfheal.action.ServerProcess;
import dev.selfheal.drill.DrillReport.Ending;
import dev.selfheal.drill.DrillReport.Moment;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One drill: freezes a target with a request of its own in flight, watches, judges, and leaves the
 * server as it should be. For one use.
 */
public final class Drill {
  private static final Duration FREEZING = Duration.ofSeconds(25);

  /** For a model that is not in memory: before anything can be frozen, and after a restart. */
  static final Duration LOADING = Duration.ofMinutes(3);

  private final DrillTools tools;
  private final DrillPlan plan;
  private final Consumer<Moment> audience;
  private final ReceiverDesk desk;
  private final Mark mark;
  private final Aftermath aftermath;
  private volatile boolean frozen;
  private volatile @Nullable Timeline followed;

  /**
   * @param audience is told of each stage when it is seen, by any thread
   */
  public Drill(DrillTools tools, DrillPlan plan, Consumer<Moment> audience) {
    this.tools = tools;
    this.plan = plan;
    this.audience = audience;
    this.desk = new ReceiverDesk(tools.chain().receiver(), plan.target().name());
    this.mark = new Mark(desk);
    this.aftermath = new Aftermath(tools.hosts(), plan.target(), tools.time());
  }

  /** Does it all. The host is left healthy, or with a timer that sees to it. */
  public DrillReport run() throws InterruptedException {
    try (Host host = tools.hosts().visit(plan.target())) {
      Optional<DrillReport> refusal = ready(host, 0).refusal(plan.force());
      if (refusal.isEmpty()) {
        refusal = FreezeRight.missing(host);
      }
      return refusal.isPresent() ? refusal.get() : withRequest(host);
    } catch (RuntimeException e) {
      brokenOff("a fault of the drill itself: " + e.getMessage());
      throw e;
    }
  }

  private Readiness ready(Host host, int own) throws InterruptedException {
    return Readiness.of(desk, host, tools.time().clock(), own);
  }

  private DrillReport withRequest(Host host) throws InterruptedException {
    Duration lasting = plan.within().plus(LOADING);
    try (OwnRequest request = OwnRequest.begin(host, LOADING, lasting, tools.time().ticker())) {
      Readiness now = ready(host, 1); // loading a model may have taken minutes
      Optional<DrillReport> refusal = now.refusal(plan.force());
      return refusal.isPresent() ? refusal.get() : freeze(host, now.server(), request);
    } catch (OwnRequest.NoModelException e) {
      return DrillReport.refused(String.valueOf(e.getMessage()), "selfheal status");
    } catch (NoAnswerException e) {
      return DrillReport.refused("the receiver does not take the drill: " + e.why(), "");
    }
  }

  private DrillReport freeze(Host host, ServerProcess server, OwnRequest request)
      throws NoAnswerException, InterruptedException {
    List<Watch> watches = watches(server, mark.set(plan));
    frozen = true; // whatever comes of it: what was asked for may have happened
    CommandResult result = host.freeze(plan.freeze(), FREEZING);
    return mark.told(
        result instanceof CommandResult.Exited exited && exited.status() == 0
            ? follow(request, watches)
            : notFrozen(result));
  }

  private DrillReport follow(OwnRequest request, List<Watch> watches) throws InterruptedException {
    Timeline timeline = new Timeline(tools.time().ticker(), audience);
    followed = timeline;
    timeline.reached(
        Stage.FROZEN,
        "its %s is stopped, for %d s at most, and a request to %s waits"
            .formatted(
                plan.what().word(), plan.freeze().most().toSeconds(), request.model().name()));
    request.keepWaiting();
    try (Following following = new Following(watches, tools.time().pauser())) {
      following.toTheEnd(timeline, plan.within());
    } finally {
      request.close();
    }
    return judged(timeline, new Judge(watches), request.model());
  }

  /**
   * Nobody knows what became of one that ended with an error: it may have been broken off. A freeze
   * that was there before is another drill's.
   */
  private DrillReport notFrozen(CommandResult result) throws InterruptedException {
    boolean others =
        result instanceof CommandResult.Exited exited
            && exited.output().contains("is in another freeze");
    frozen = !others;
    String left = others ? "the other freeze goes on" : letGo();
    boolean untouched =
        result instanceof CommandResult.NotStarted
            || (result instanceof CommandResult.Exited error && Polkit.denied(error.output()));
    return new DrillReport(
        Ending.FAILED,
        Duration.ZERO,
        "it could not be frozen: " + Words.of(result),
        FreezeRight.mend(result),
        List.of(),
        untouched ? "nothing is frozen" : left);
  }

  private List<Watch> watches(ServerProcess server, long number) {
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

  private DrillReport judged(Timeline timeline, Judge judge, PsModel model)
      throws InterruptedException {
    Duration took = timeline.at(Stage.PROOF).map(Moment::after).orElseGet(timeline::elapsed);
    Optional<Judge.Blame> blame = judge.blame(timeline, plan.within());
    String freeze = letGo();
    boolean restarted = timeline.last().compareTo(Stage.RESTART) >= 0;
    boolean answers = aftermath.answers(model, restarted);
    String name = model.name();
    String left = freeze + (answers ? ", and " + name + " answers" : ", and no model answers yet");
    if (answers && blame.isEmpty()) {
      timeline.reached(Stage.ANSWER, name + " gave a token");
      return new DrillReport(
          Ending.PASSED, took, judge.praise(timeline, took), "", timeline.moments(), left);
    }
    Judge.Blame why = blame.orElseGet(() -> Judge.noAnswer(name, LOADING));
    return new DrillReport(Ending.FAILED, took, why.words(), why.mend(), timeline.moments(), left);
  }

  /**
   * Ends the freeze and the receiver's mark, if there are any, for a program that is told to end;
   * says what became of it.
   */
  public DrillReport abort() throws InterruptedException {
    return brokenOff("it was interrupted");
  }

  private DrillReport brokenOff(String why) throws InterruptedException {
    String left = frozen ? letGo() : "nothing is frozen";
    Timeline timeline = followed;
    return mark.told(
        new DrillReport(
            mark.isSet() ? Ending.FAILED : Ending.REFUSED,
            timeline == null ? Duration.ZERO : timeline.elapsed(),
            why,
            "",
            timeline == null ? List.of() : timeline.moments(),
            left));
  }

  private String letGo() throws InterruptedException {
    String left = aftermath.letGo();
    frozen = false;
    return left;
  }
}
