package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Permission;
import dev.selfheal.remedy.QuietHours;
import dev.selfheal.remedy.QuietWindow;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that come when an attempt is written down as started, and has touched nothing yet. */
class LastWordTimelineTest {
  private static final Duration COOLDOWN = Fleet.LIMITS.cooldown();

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, in(Mode.ACT));
    receiver.evidence = new Evidence.Stalled("gpu", Receiver.BEGIN);
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private static Managed in(Mode mode) {
    return with(Permission.always(mode));
  }

  private static Managed with(Permission permission) {
    return new Managed(
        List.of(Fleet.target(0), Fleet.target(1)),
        Set.of("OllamaFrozen"),
        Map.of("gpu-0", permission, "gpu-1", permission),
        new RemediationPolicy(Fleet.LIMITS));
  }

  private void reload(Managed managed) {
    receiver.managed = managed;
    receiver.dispatch.configurationChanged();
    receiver.settle();
  }

  /** What waits for its turn among the actors is done now, if nobody objects. */
  private void attemptGoesOn() {
    receiver.attemptEnds(Outcome.RECOVERED);
  }

  private void assertHeldBack(Reason reason) {
    assertThat(receiver.restarter.restarted).isEmpty();
    assertThat(receiver.ledger.attempts(new Query(null, false, 9)))
        .extracting(entry -> entry.attempt().result())
        .contains(Optional.of(new Result(Outcome.REFUSED, reason, false)));
    assertThat(receiver.people.posts).as("nobody is called").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPauseHoldsBackWhatWasStartedAndItIsDoneAfterTheResume(boolean all) {
    receiver.people.configured = true;
    Target scope = all ? null : Fleet.target(0);
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isEqualTo(1);
    receiver.dispatch.operator().pause(scope, null, "hands off");
    attemptGoesOn();
    assertHeldBack(Reason.PAUSED);
    assertThat(receiver.incidents()).containsExactly("open");
    assertThat(receiver.held()).isEqualTo("paused");
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.running()).isZero();
    var unused = receiver.dispatch.operator().resume(scope);
    receiver.settle();
    attemptGoesOn();
    assertThat(receiver.restarter.restarted).extracting(Target::name).containsExactly("gpu-0");
    assertThat(receiver.attempts()).containsExactly("refused", "recovered");
  }

  @Test
  void aPauseThatIsOverBeforeTheActHoldsNothing() {
    receiver.hears(Fleet.firing(0));
    receiver.dispatch.operator().pause(null, Duration.ofSeconds(10), "a moment");
    receiver.after(Duration.ofSeconds(10));
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void thePauseOfAnotherTargetHoldsNothing() {
    receiver.hears(Fleet.firing(0));
    receiver.dispatch.operator().pause(Fleet.target(1), null, "hands off");
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void whatIsHeldBackAgainAndAgainSpendsNothingAndCallsForNobody() {
    receiver.people.configured = true;
    receiver.hears(Fleet.firing(0));
    for (int i = 0; i < 5; i++) {
      receiver.dispatch.operator().pause(null, Duration.ofSeconds(30), "a moment");
      attemptGoesOn();
      assertHeldBack(Reason.PAUSED);
      receiver.after(COOLDOWN);
    }
    assertThat(receiver.attempts()).startsWith("refused", "refused", "refused", "refused");
    attemptGoesOn();
    assertThat(receiver.restarter.restarted).hasSize(1);
  }

  @Test
  void modeObserveHoldsBackWhatWasStartedAndRecordsTheWish() {
    receiver.hears(Fleet.firing(0));
    reload(in(Mode.OBSERVE));
    attemptGoesOn();
    assertHeldBack(Reason.MODE_CHANGED);
    assertThat(receiver.attempts()).containsExactly("refused", "observed");
    reload(in(Mode.ACT));
    receiver.after(COOLDOWN);
    attemptGoesOn();
    assertThat(receiver.restarter.restarted).hasSize(1);
  }

  @Test
  void modeApproveHoldsBackWhatNobodyHasApproved() {
    receiver.hears(Fleet.firing(0));
    reload(in(Mode.APPROVE));
    attemptGoesOn();
    assertHeldBack(Reason.MODE_CHANGED);
    receiver.after(COOLDOWN);
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    var unused = receiver.dispatch.operator().approve(2, "go on");
    receiver.settle();
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("refused", "recovered");
  }

  @ParameterizedTest
  @EnumSource(names = {"ACT", "APPROVE"})
  void whatWasApprovedIsDoneInEachModeButObserve(Mode later) {
    approved();
    reload(in(later));
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void modeObserveHoldsBackWhatWasApprovedToo() {
    approved();
    reload(in(Mode.OBSERVE));
    attemptGoesOn();
    assertHeldBack(Reason.MODE_CHANGED);
  }

  private void approved() {
    receiver.managed = in(Mode.APPROVE);
    receiver.hears(Fleet.firing(0));
    var unused = receiver.dispatch.operator().approve(1, "go on");
    receiver.settle();
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void aRequestIsHeldBackByThePauseThatWouldHaveHeldItAndEnds() {
    var unused = receiver.dispatch.operator().restart("gpu-0", "slow");
    receiver.settle();
    receiver.dispatch.operator().pause(null, null, "hands off");
    attemptGoesOn();
    assertHeldBack(Reason.PAUSED);
    assertThat(receiver.incidents()).containsExactly("closed manual_ended");
  }

  @Test
  void aRequestIsDoneInModeActAsBefore() {
    var unused = receiver.dispatch.operator().restart("gpu-0", "slow");
    receiver.settle();
    reload(in(Mode.ACT));
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void quietHoursThatBeginHoldBackWhatWasStartedAndItIsDoneWhenTheyEnd() {
    QuietWindow soon = new QuietWindow(EnumSet.allOf(DayOfWeek.class), 1, 60, ZoneOffset.UTC);
    receiver.managed = with(new Permission(Mode.ACT, new QuietHours(List.of(soon))));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isEqualTo(1);
    receiver.after(Duration.ofMinutes(1));
    attemptGoesOn();
    assertHeldBack(Reason.QUIET_HOURS);
    assertThat(receiver.held()).isEqualTo("quiet_hours");
    receiver.after(Duration.ofMinutes(59));
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("refused", "recovered");
  }

  @Test
  void whatIsNotConfiguredAnyMoreIsNotTouched() {
    receiver.hears(Fleet.firing(0));
    reload(Fleet.of(List.of(Fleet.target(1)), Fleet.LIMITS));
    attemptGoesOn();
    assertHeldBack(Reason.TARGET_REMOVED);
    assertThat(receiver.incidents()).containsExactly("closed target_removed");
  }

  @Test
  void nothingIsTouchedWhileTheLedgerCannotSayWhetherItMay() {
    receiver.hears(Fleet.firing(0));
    receiver.tricks.fail(new LedgerException("no disk"), "situation");
    attemptGoesOn();
    assertHeldBack(Reason.LEDGER_UNREADABLE);
    receiver.tricks.mend();
    receiver.after(COOLDOWN);
    attemptGoesOn();
    assertThat(receiver.attempts()).containsExactly("refused", "recovered");
  }
}
