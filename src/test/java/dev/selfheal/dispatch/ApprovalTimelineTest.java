package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Order;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that wait for an operator, from the alert to the end, on a clock of the test's own. */
class ApprovalTimelineTest {
  private static final Duration COOLDOWN = Fleet.LIMITS.cooldown();
  private static final Duration LIMIT = RemediationPolicy.APPROVAL_LIMIT;
  private static final FleetLimit WIDE = new FleetLimit(9, 1, Duration.ofMinutes(10));

  @TempDir private Path folder;
  private Receiver receiver;
  private List<PostableAlert> posts = List.of();

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, in(Mode.APPROVE));
    receiver.people.configured = true;
    posts = receiver.people.posts;
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private static Managed in(Mode mode) {
    return new Managed(
        List.of(Fleet.target(0), Fleet.target(1)),
        Set.of("OllamaFrozen"),
        mode,
        new RemediationPolicy(Fleet.limits(WIDE)));
  }

  private void changeTo(Mode mode) {
    receiver.managed = in(mode);
    receiver.dispatch.configurationChanged();
    receiver.settle();
  }

  private Answer approve(long attempt) {
    Answer answer = receiver.dispatch.operator().approve(attempt, "go on").orElseThrow();
    receiver.settle();
    return answer;
  }

  private PostableAlert last() {
    return posts.get(posts.size() - 1);
  }

  private void stalls() {
    receiver.evidence = new Evidence.Stalled("gpu", Receiver.BEGIN);
  }

  @Test
  void tellsPeopleWhatToTypeAndRestartsNothingBefore() {
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isZero();
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    assertThat(last().labels()).containsEntry("target", "gpu-0");
    assertThat(last().annotations())
        .containsEntry("reason", "awaiting_approval")
        .containsEntry("summary", "Ollama on gpu-0 needs a human: an attempt waits for approval")
        .hasEntrySatisfying(
            "description",
            text ->
                assertThat(text)
                    .startsWith(
                        "Run `selfheal approve 1` to have gpu-0 restarted, until"
                            + " 2026-11-01T00:30:00Z."));
    assertThat(last().endsAt()).isEmpty();
  }

  @Test
  void beginsWhatIsApprovedAndTellsPeopleThatTheyAreNotNeededAnyMore() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(5));
    Answer.Started started = (Answer.Started) approve(1);
    assertThat(started.claim().attempt()).isEqualTo(1);
    assertThat(last().endsAt()).isPresent();
    assertThat(receiver.heard.decisions).contains("gpu-0 restart approved");
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("recovered");
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.incidents()).containsExactly("closed recovered");
    assertThat(receiver.ledger.attempt(1).orElseThrow().remarks())
        .containsExactly("approved by an operator: \"go on\"");
  }

  @Test
  void canBeApprovedOnceOnly() {
    receiver.hears(Fleet.firing(0));
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    assertThat(receiver.dispatch.operator().approve(99, "")).isEmpty();
  }

  @Test
  void asksAgainAfterItsEndOnlyWhenTheCooldownIsOver() {
    stalls();
    receiver.hears(Fleet.firing(0));
    receiver.after(LIMIT.minusMillis(1));
    assertThat(receiver.attempts()).containsExactly("running");
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(receiver.held()).isEqualTo("cooldown");
    assertThat(last().endsAt()).isPresent();
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    receiver.after(COOLDOWN.minusMillis(1));
    assertThat(receiver.attempts()).hasSize(1);
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.attempts()).containsExactly("expired", "running");
    assertThat(last().annotations().get("description")).contains("`selfheal approve 2`");
    receiver.after(Duration.ofHours(24));
    assertThat(receiver.attempts()).hasSize(48);
  }

  @Test
  void aLateConsentDoesNotServeTheNextAttempt() {
    stalls();
    receiver.hears(Fleet.firing(0));
    receiver.tricks.before(
        "situation",
        () -> {
          receiver.after(LIMIT.plus(COOLDOWN));
        });
    assertThat(receiver.dispatch.operator().approve(1, "")).containsInstanceOf(Answer.Over.class);
    receiver.settle();
    assertThat(receiver.running()).isZero();
    assertThat(receiver.attempts()).containsExactly("expired", "running");
  }

  @Test
  void whereNobodyCanSayWhetherOldNewsStillHoldsAConsentIsEnough() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(11));
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
  }

  /** What a person asked for is not taken back because the server looks healthy. */
  @Test
  void aRequestWhoseIncidentAnAlertJoinedIsDoneThoughTheAlertIsOver() {
    assertThat(receiver.dispatch.operator().restart("gpu-0", "slow").orElseThrow())
        .isInstanceOf(Answer.Waits.class);
    receiver.settle();
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(11));
    receiver.evidence = new Evidence.Progressing();
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
  }

  @Test
  void aRequestIsNotTakenBackByAnAlertThatJoinsItsIncidentAndIsOverFirst() {
    requestThatAnAlertHasJoinedAndLeft();
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.attempts()).containsExactly("not_recovered");
    assertThat(receiver.incidents()).containsExactly("closed resolved");
  }

  @Test
  void aRequestThatAnAlertHasJoinedAndLeftEndsWithItsAttemptIfNobodyApproves() {
    requestThatAnAlertHasJoinedAndLeft();
    receiver.after(LIMIT.minusMillis(1));
    assertThat(receiver.incidents()).containsExactly("open");
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(receiver.incidents()).containsExactly("closed resolved");
  }

  private void requestThatAnAlertHasJoinedAndLeft() {
    var unused = receiver.dispatch.operator().restart("gpu-0", "slow");
    receiver.settle();
    receiver.hears(Fleet.firing(0));
    receiver.hears(Fleet.resolved(0));
  }

  @Test
  void endsTheIncidentInsteadIfTheNewsIsFoundToBeOver() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(11));
    receiver.evidence = new Evidence.Progressing();
    Answer.Held over = (Answer.Held) approve(1);
    assertThat(over.decision().reason().label()).isEqualTo("not_confirmed");
    assertThat(receiver.incidents()).containsExactly("closed expired");
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(last().endsAt()).isPresent();
    assertThat(receiver.running()).isZero();
  }

  @Test
  void isHeldByThePauseOfATarget() {
    receiver.hears(Fleet.firing(0));
    receiver.dispatch.operator().pause(null, null, "nobody moves");
    receiver.settle();
    Answer.Held held = (Answer.Held) approve(1);
    assertThat(held.decision().reason().label()).isEqualTo("paused");
    receiver.dispatch.operator().resume(null);
    receiver.settle();
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
  }

  @Test
  void endsWithTheAlert() {
    receiver.hears(Fleet.firing(0));
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(receiver.incidents()).containsExactly("closed resolved");
    assertThat(last().endsAt()).isPresent();
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
  }

  @Test
  void isWithdrawnWhenTheModeBecomesActAndTheRestartComesAfterTheCooldown() {
    receiver.hears(Fleet.firing(0));
    changeTo(Mode.ACT);
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(reasonOf(1)).isEqualTo("mode_changed");
    assertThat(last().endsAt()).isPresent();
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    receiver.after(COOLDOWN);
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void isWithdrawnWhenTheModeBecomesObserveAndTheWishIsRecorded() {
    receiver.hears(Fleet.firing(0));
    changeTo(Mode.OBSERVE);
    assertThat(receiver.attempts()).containsExactly("expired", "observed");
    assertThat(reasonOf(1)).isEqualTo("mode_changed");
    assertThat(receiver.running()).isZero();
    assertThat(receiver.heard.ended).containsExactly("gpu-0 expired -", "gpu-0 observed -");
  }

  @Test
  void whatWaitedInVainHidesNoRestartBySomebodyElse() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofSeconds(20));
    changeTo(Mode.ACT);
    receiver.after(COOLDOWN);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("expired", "recovered");
    assertThat(receiver.restarter.orders).extracting(Order::newsAt).containsExactly(Receiver.BEGIN);
  }

  @Test
  void whatWasOnlyRecordedHidesNoRestartBySomebodyElse() {
    receiver.managed = in(Mode.OBSERVE);
    receiver.dispatch.operator().pause(null, Duration.ofSeconds(20), "a moment");
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofSeconds(20));
    assertThat(receiver.attempts()).containsExactly("observed");
    changeTo(Mode.ACT);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.restarter.orders).extracting(Order::newsAt).containsExactly(Receiver.BEGIN);
  }

  @Test
  void isNotApprovedAnyMoreByWhoComesBeforeTheWithdrawal() {
    receiver.hears(Fleet.firing(0));
    receiver.managed = in(Mode.OBSERVE);
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    assertThat(receiver.running()).isZero();
  }

  @Test
  void aRequestWaitsToo() {
    Answer.Waits waits =
        (Answer.Waits) receiver.dispatch.operator().restart("gpu-0", "slow").orElseThrow();
    receiver.settle();
    assertThat(waits.claim().attempt()).isEqualTo(1);
    assertThat(last().annotations()).containsEntry("reason", "awaiting_approval");
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.restarter.orders).singleElement().matches(order -> order.manual());
    assertThat(receiver.incidents()).containsExactly("closed manual_ended");
  }

  @Test
  void aRequestThatNobodyApprovesEndsAndIsNotRepeated() {
    var unused = receiver.dispatch.operator().restart("gpu-0", "slow");
    receiver.settle();
    receiver.after(LIMIT.plus(Duration.ofHours(2)));
    assertThat(receiver.attempts()).containsExactly("expired");
    assertThat(receiver.incidents()).containsExactly("closed manual_ended");
    assertThat(last().endsAt()).isPresent();
  }

  @Test
  void aRequestIsOnlyRecordedWhileObserving() {
    receiver.managed = in(Mode.OBSERVE);
    assertThat(receiver.dispatch.operator().restart("gpu-0", "slow").orElseThrow())
        .isInstanceOf(Answer.Observed.class);
    receiver.settle();
    assertThat(receiver.attempts()).containsExactly("observed");
    assertThat(receiver.incidents()).containsExactly("closed manual_ended");
    assertThat(receiver.running()).isZero();
    assertThat(posts).isEmpty();
  }

  @Test
  void carriesOutWhatIsApprovedAlsoIfTheWordsCannotBeKept() {
    receiver.hears(Fleet.firing(0));
    receiver.tricks.fail(new LedgerException("no disk"), "remark");
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
    receiver.tricks.mend();
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void goesByTheRulesOfATargetThatWasGivenAnotherNameWhileItWasAskedAbout() {
    stalls();
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(11));
    receiver.tricks.after("situation", () -> receiver.managed = renamed(Mode.APPROVE));
    assertThat(approve(1)).isInstanceOf(Answer.Started.class);
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void isWithdrawnWithATargetThatWasRemovedWhileItWasAskedAbout() {
    stalls();
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(11));
    receiver.tricks.after(
        "situation",
        () ->
            receiver.managed =
                new Managed(
                    List.of(Fleet.target(1)),
                    Set.of("OllamaFrozen"),
                    Mode.APPROVE,
                    receiver.managed.policy()));
    Answer.Held held = (Answer.Held) approve(1);
    assertThat(held.decision().reason().label()).isEqualTo("target_removed");
    assertThat(receiver.running()).isZero();
  }

  @Test
  void countsOnceEachThatNobodyApproved() {
    stalls();
    receiver.sweeping();
    receiver.hears(Fleet.firing(0));
    receiver.after(LIMIT);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 expired -");
    receiver.after(COOLDOWN);
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.heard.ended).containsExactly("gpu-0 expired -", "gpu-0 expired -");
  }

  @Test
  void countsWhatALateConsentOrARequestFindsExpired() {
    stalls();
    receiver.hears(Fleet.firing(0));
    receiver.managed = in(Mode.OBSERVE);
    assertThat(approve(1)).isInstanceOf(Answer.Over.class);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 expired -");
    receiver.managed = in(Mode.APPROVE);
    receiver.hears(Fleet.firing(1));
    receiver.managed = in(Mode.OBSERVE);
    var unused = receiver.dispatch.operator().restart("gpu-1", "now");
    assertThat(receiver.heard.ended).contains("gpu-1 expired -");
  }

  private static Managed renamed(Mode mode) {
    Target old = Fleet.target(0);
    Target target =
        new Target("other-name", old.match(), old.control(), old.signs(), old.recovery());
    return new Managed(
        List.of(target), Set.of("OllamaFrozen"), mode, new RemediationPolicy(Fleet.limits(WIDE)));
  }

  private String reasonOf(long attempt) {
    return receiver
        .ledger
        .attempt(attempt)
        .flatMap(entry -> entry.attempt().result())
        .map(result -> result.reason().label())
        .orElse("-");
  }
}
