package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.HostReport;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the steps of a ladder could be taken. */
class LadderCheckTest {
  private static final String DENIED = "Failed: Interactive authentication required.";
  private static final List<String> START =
      List.of("systemctl", "--no-ask-password", "start", "selfheal-ladder.service");

  private final FakeSystemd systemd =
      new FakeSystemd().says("selfheal.service", "loaded", "active", "enabled", "selfheal");

  private CheckResult here(List<String> command, Action... steps) throws InterruptedException {
    Target target = target(new Ladder(List.of(steps), command), null);
    return new LocalLadderCheck(target, new Account(systemd, "root")).run();
  }

  private static Target target(Ladder ladder, Target.@Nullable Ssh ssh) {
    return new Target(
        "a",
        Match.on(Map.of("instance", "a:9100")),
        new Control("ollama.service", List.of(), ssh, ladder),
        URI.create("http://127.0.0.1:11434"),
        new RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }

  @Test
  void asksAsTheReceiverForWhatIsNeverDone() throws InterruptedException {
    assertThat(here(START, Action.KILL, Action.COMMAND))
        .isEqualTo(
            new Ok(
                "selfheal may kill and restart ollama.service; selfheal may start"
                    + " selfheal-ladder.service"));
    assertThat(systemd.askers()).containsOnly("selfheal");
  }

  @Test
  void aMissingRightIsMendedByTheFileThatGivesIt() throws InterruptedException {
    systemd.answersToKills(DENIED);
    assertFailed(here(List.of(), Action.KILL), "examples/62-ollama-selfheal-kill.rules");
    systemd.answersToKills("").answersToStarts(DENIED);
    assertFailed(here(START, Action.COMMAND), "examples/63-ollama-selfheal-ladder.rules");
  }

  @Test
  void aKillNeedsTheRightToRestartAsWell() throws InterruptedException {
    systemd.answersToRestarts("Failed to try-restart ollama.service: Access denied");
    assertFailed(here(List.of(), Action.KILL), "rules.d/60-ollama-selfheal.rules");
  }

  @Test
  void aCommandThatStartsAUnitNeedsTheUnit() throws InterruptedException {
    systemd.says("selfheal-ladder.service", "not-found", "inactive", "", "");
    assertFailed(here(START, Action.COMMAND), "examples/selfheal-ladder.service");
  }

  @Test
  void anotherCommandIsNotRunToBeTriedAndSudoIsNoWay() throws InterruptedException {
    assertThat(here(List.of("reload-driver"), Action.COMMAND)).isInstanceOf(NotApplicable.class);
    assertFailed(here(List.of("sudo", "reload-driver"), Action.COMMAND), "selfheal-ladder.service");
  }

  @Test
  void aUnitThatDoesNotRunCannotBeAskedAbout() throws InterruptedException {
    systemd.answersToKills("Failed to kill unit ollama.service: Unit ollama.service not loaded.");
    assertThat(here(List.of(), Action.KILL)).isInstanceOf(NotApplicable.class);
  }

  @Test
  void aKillThatSystemdDoesNotAnswerIsNotProven() throws InterruptedException {
    systemd.answersToKills("Failed to kill unit ollama.service: Connection timed out");
    assertFailed(here(List.of(), Action.KILL), "see that the unit is active");
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"KILL", "COMMAND"})
  void overSshTheAgentsWordsAreJudged(Action step) throws InterruptedException {
    assertThat(there(step, FakeSystemd.ALLOWED)).isInstanceOf(Ok.class);
    assertFailed(there(step, DENIED), "ollama-selfheal-");
    assertThat(there(step, "host-agent: no such verb; use exactly one of status"))
        .isInstanceOf(NotApplicable.class);
    assertFailed(
        there(step, "host-agent: selfheal-ladder.service is not installed"), "daemon-reload");
    assertFailed(there(step, ""), "polkit");
  }

  private static CheckResult there(Action step, String said) throws InterruptedException {
    Target.SshFiles files = new Target.SshFiles(Path.of("/key"), Path.of("/known"));
    Target.Ssh ssh = new Target.Ssh("gpu-02", 22, "selfheal", files, null);
    Sight sight =
        new Sight(null, new HostReport.Unreadable(""), "", Map.of(step, said), Instant.EPOCH);
    Target target = target(new Ladder(List.of(step), List.of()), ssh);
    return new RemoteLadderCheck(target, ssh, new Once<>(() -> sight)).run();
  }

  private static void assertFailed(CheckResult result, String mend) {
    assertThat(result)
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.mend()).contains(mend));
  }
}
