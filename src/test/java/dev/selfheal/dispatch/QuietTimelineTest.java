package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Report;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Permission;
import dev.selfheal.remedy.QuietHours;
import dev.selfheal.remedy.QuietWindow;
import dev.selfheal.remedy.RemediationPolicy;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quiet hours, which last from 00:00 to 06:00. The story begins at 00:00. */
class QuietTimelineTest {
  private static final Duration NIGHT = Duration.ofHours(6);

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, quietUntil(6, Mode.ACT));
    receiver.evidence = new Evidence.Stalled("gpu", Receiver.BEGIN);
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private static Managed quietUntil(int hour, Mode mode) {
    return quiet(0, hour * 60, mode);
  }

  private static Managed quiet(int fromMinute, int toMinute, Mode mode) {
    QuietWindow night =
        new QuietWindow(EnumSet.allOf(DayOfWeek.class), fromMinute, toMinute, ZoneOffset.UTC);
    return new Managed(
        List.of(Fleet.target(0), Fleet.target(1)),
        Set.of("OllamaFrozen"),
        Map.of(
            "gpu-0",
            new Permission(mode, new QuietHours(List.of(night))),
            "gpu-1",
            Permission.always(mode)),
        new RemediationPolicy(Fleet.LIMITS));
  }

  @Test
  void holdTheirTargetAndNoOtherExactlyUntilTheyEnd() {
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.held()).isEqualTo("quiet_hours");
    receiver.after(NIGHT.minusMillis(1));
    assertThat(receiver.running()).isZero();
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void holdNoOtherTarget() {
    receiver.hears(Fleet.firing(1));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void endOldNewsThatIsOverAtTheirEnd() {
    receiver.hears(Fleet.firing(0));
    receiver.evidence = new Evidence.Progressing();
    receiver.after(NIGHT);
    assertThat(receiver.running()).isZero();
    assertThat(receiver.incidents()).containsExactly("closed expired");
  }

  @Test
  void refuseWhoAsksForARestartAndTellWhenTheyEnd() {
    Answer.Held held =
        (Answer.Held) receiver.dispatch.operator().restart("gpu-0", "now").orElseThrow();
    assertThat(held.decision()).hasToString("Hold[until=2026-11-01T06:00:00Z, reason=QUIET_HOURS]");
    assertThat(receiver.attempts()).isEmpty();
  }

  @Test
  void thatAreTakenOutOfTheConfigurationHoldNothingAnyMore() {
    receiver.hears(Fleet.firing(0));
    receiver.managed = quietUntil(3, Mode.ACT);
    receiver.dispatch.configurationChanged();
    receiver.settle();
    assertThat(receiver.running()).isZero();
    receiver.after(Duration.ofHours(3));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void nobodyIsAskedForApprovalBeforeTheyEndNorCanApproveWhatWaitedBefore() {
    receiver.people.configured = true;
    receiver.managed = quietUntil(1, Mode.APPROVE);
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.attempts()).isEmpty();
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    receiver.managed = quietUntil(6, Mode.APPROVE);
    receiver.dispatch.configurationChanged();
    receiver.settle();
    Answer.Held held = (Answer.Held) receiver.dispatch.operator().approve(1, "").orElseThrow();
    assertThat(held.decision().reason().label()).isEqualTo("quiet_hours");
    assertThat(lastPosted("description"))
        .startsWith("Run `selfheal approve 1` ")
        .contains(" It is refused before 2026-11-01T06:00:00Z, when the quiet hours end. ");
  }

  /** Two attempts in vain, and a third that has begun, before the quiet hours begin at 00:05. */
  private void thirdAttemptBeginsBefore() {
    receiver.managed = quiet(5, 6 * 60, Mode.ACT);
    receiver.people.configured = true;
    receiver.sweeping().hears(Fleet.firing(0));
    for (int i = 0; i < 2; i++) {
      receiver.attemptEnds(Outcome.NOT_RECOVERED);
      receiver.after(Fleet.LIMITS.cooldown());
    }
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void doNotPutOffTheCallForAHumanThatFallsDueInThem() {
    thirdAttemptBeginsBefore();
    receiver.restarter.next =
        target -> {
          receiver.clock.advance(Duration.ofMinutes(5));
          return new Report(FakeRestarter.NOT_RECOVERED, "after the act");
        };
    assertThat(receiver.actors.runNext()).isTrue();
    receiver.settle();
    assertThat(lastPosted("reason")).isEqualTo("three_failures");
    assertThat(receiver.held()).isEqualTo("escalated");
  }

  @Test
  void doNotHideWhatWasEscalatedBeforeThem() {
    thirdAttemptBeginsBefore();
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.held()).isEqualTo("escalated");
    receiver.after(Duration.ofMinutes(10));
    assertThat(receiver.held()).isEqualTo("escalated");
    receiver.after(NIGHT);
    assertThat(receiver.held()).isEqualTo("escalated");
    assertThat(receiver.running()).isZero();
  }

  private String lastPosted(String annotation) {
    List<PostableAlert> posts = receiver.people.posts;
    assertThat(posts).isNotEmpty();
    return posts.get(posts.size() - 1).annotations().getOrDefault(annotation, "");
  }
}
