package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import dev.selfheal.remedy.Target.Signs;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.RemoteHost;
import dev.selfheal.testkit.SshKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts on a host behind a real OpenSSH server, where much goes wrong. */
@Timeout(90)
class SshActIT {
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  @TempDir private Path folder;
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final FakeApi api = new FakeApi();
  private final Clock clock = Clock.systemUTC();
  private RemoteHost host;

  @BeforeEach
  void startHost() {
    programs.add(api);
    api.answer("/api/version", 200, "{\"version\":\"0.32.1\"}");
    Path mainPid = folder.resolve("main.pid");
    host = programs.add(new RemoteHost(mainPid, restartsAs(20), api.uri().getPort()));
    host.mainProcess(10);
  }

  private String restartsAs(int pid) {
    return "echo " + pid + " > " + folder.resolve("main.pid");
  }

  @Test
  void aUnitIsRestartedAndItsNewProcessIsTheProof() {
    Report report = restart(target());
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(host.acts()).hasSize(2);
    assertThat(report.text()).contains("main PID 10", "main PID 20", "0.32.1");
    assertThat(report.evidence()).contains("[unit]", "[journal]");
  }

  @Test
  void aHostThatIsDownIsNotTouchedAndSpendsNothing() {
    host.sshd().goDown();
    assertUntouched(target(), Reason.HOST_UNREACHABLE, "does sshd run there");
  }

  @Test
  void aHostThatAcceptsAndNeverSpeaksIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SshKeys.knownHosts(host.knownHosts(), host.sshd().knownHosts());
      Target target = target(silent.getLocalPort(), host.key(), host.knownHosts());
      assertUntouched(target, Reason.HOST_UNREACHABLE, "" + silent.getLocalPort());
    }
  }

  @Test
  void aWrongKeyIsNamed() {
    Path other = SshKeys.make(folder.resolve("other"), "ed25519", "");
    assertUntouched(
        target(host.sshd().port(), other, host.knownHosts()),
        Reason.HOST_UNREACHABLE,
        other.toString());
  }

  @Test
  void aKeyThatOthersMayReadIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(host.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertUntouched(target(), Reason.HOST_UNREACHABLE, "chmod 600 " + host.key());
  }

  @Test
  void aHostWhoseKeyHasChangedIsNotTrusted() {
    String other = SshKeys.publicKey(SshKeys.make(folder.resolve("imposter"), "ed25519", ""));
    SshKeys.knownHosts(host.knownHosts(), "[127.0.0.1]:%d %s".formatted(host.sshd().port(), other));
    assertUntouched(target(), Reason.HOST_UNREACHABLE, host.knownHosts().toString());
  }

  @Test
  void aHostWhereNothingCouldBeProvenIsNotTouched() {
    host.permitOtherPort();
    assertUntouched(target(), Reason.HOST_UNREACHABLE, "permitopen=");
  }

  @ParameterizedTest
  @CsvSource({
    "not-found, inactive, dead, UNIT_MISSING, FAILED",
    "masked, inactive, dead, UNIT_MASKED, REFUSED",
    "loaded, inactive, dead, UNIT_NOT_ACTIVE, REFUSED",
    "loaded, failed, failed, UNIT_NOT_ACTIVE, REFUSED"
  })
  void aUnitThatCannotOrMustNotBeRestartedIsLeftAlone(
      String load, String active, String sub, Reason reason, Outcome outcome) {
    host.unit(load, active, sub);
    Result result = restart(target()).result();
    assertThat(result).isEqualTo(new Result(outcome, reason, false));
    assertThat(host.acts()).isEmpty();
  }

  @Test
  void aSystemctlThatHangsIsNotWaitedForForEver() {
    host.hangSystemctl();
    assertUntouched(target(), Reason.UNIT_UNREADABLE, "did not answer in time");
  }

  @Test
  void aHostAgentOfAnotherUnitIsToldApart() {
    assertUntouched(
        target("other.service"),
        Reason.HOST_UNREACHABLE,
        "acts on ollama.service, and this target");
  }

  @Test
  void whatARestartWritesIsBounded() {
    host.restarts(restartsAs(20) + "; head -c 100000000 /dev/zero | tr '\\0' x; echo end");
    Report report = restart(target());
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(report.text()).contains("bytes left out", "xend");
    assertThat(report.text().length()).isLessThan(16 << 10);
  }

  @Test
  void aConnectionThatIsCutInMidRestartIsResolvedByTheInvocation() {
    host.restarts("touch begun; sleep 2; " + restartsAs(20));
    CompletableFuture<Report> attempt = begin(target());
    await().until(() -> host.has("begun"));
    host.sshd().cut();
    Report report = attempt.join();
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(report.text()).contains("the connection was lost after ");
  }

  @Test
  void aRestartThatDidNotHappenAfterTheConnectionWasCutHasFailedAndSpends() {
    host.restarts("touch begun; exec sleep 60");
    CompletableFuture<Report> attempt = begin(target());
    await().until(() -> host.has("begun"));
    host.sshd().cut();
    assertThat(attempt.join().result())
        .isEqualTo(new Result(Outcome.FAILED, Reason.COMMAND_TIMED_OUT, true));
  }

  @Test
  void ofAHostThatDoesNotComeBackNobodyKnows() {
    host.restarts("touch begun; exec sleep 60");
    CompletableFuture<Report> attempt = begin(target());
    await().until(() -> host.has("begun"));
    host.sshd().goDown();
    assertThat(attempt.join().result())
        .isEqualTo(new Result(Outcome.ABANDONED, Reason.HOST_LOST, true));
    assertThat(restarter().look(target()).seen()).isFalse();
  }

  @Test
  void aHostThatBootsMeanwhileIsWaitedFor() {
    host.restarts("touch begun; exec sleep 60");
    CompletableFuture<Report> attempt = begin(target());
    await().until(() -> host.has("begun"));
    host.sshd().goDown();
    host.mainProcess(30);
    host.sshd().comeBack();
    Report report = attempt.join();
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(report.text()).contains("main PID 30");
  }

  @Test
  void aHostWithoutTheAgentIsRestartedByItsOneCommand() {
    host.withoutAgent();
    host.restarts("touch done; " + restartsAs(20));
    Report report = restart(byCommand(host.restartScript()));
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(host.has("done")).isTrue();
    assertThat(host.acts()).as("calls of systemctl").isEmpty();
  }

  @Test
  void ofAHostWithoutTheAgentAnAnsweringApiProvesNothingAfterTheConnectionWasCut() {
    host.withoutAgent();
    host.restarts("touch begun; exec sleep 60");
    CompletableFuture<Report> attempt = begin(byCommand(host.restartScript()));
    await().until(() -> host.has("begun"));
    host.sshd().cut();
    assertThat(attempt.join().result())
        .isEqualTo(new Result(Outcome.FAILED, Reason.COMMAND_TIMED_OUT, true));
  }

  @Test
  void aHostWhoseClockIsAnHourAheadIsUnderstood() {
    host.setClockForward(3600);
    Instant there = clock.instant().plusSeconds(3600);
    host.write("ollama.prom", pageWithoutStall(there));
    assertThat(restart(target()).result())
        .isEqualTo(Result.of(Outcome.NOT_NEEDED, Reason.FOUND_HEALTHY));
    host.write("ollama.prom", pageWithoutStall(clock.instant()));
    assertThat(restart(target()).result().outcome()).isEqualTo(Outcome.RECOVERED);
  }

  @Test
  void aModelIsAskedThroughTheSameConnectionAndProvesIt() {
    api.answer(
        "/api/ps",
        200,
        "{\"models\":[{\"name\":\"m\",\"size\":9,\"size_vram\":9,\"context_length\":8}]}");
    api.answer(
        "/api/generate", 200, "{\"response\":\"x\",\"done\":true,\"done_reason\":\"length\"}");
    Report report = restart(target());
    assertThat(report.result().outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(report.text()).endsWith("its model computes");
    assertThat(api.asked("/api/generate")).isEqualTo(1);
  }

  @Test
  void aUnitIsKilledAndRestartedByOneVerbOfItsAgent() {
    Report report = act(Action.KILL);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(host.acts())
        .containsExactly(
            "--no-ask-password reset-failed -- ollama.service",
            "--no-ask-password kill --kill-who=control -s URG -- ollama.service",
            "--no-ask-password --no-block try-restart -- ollama.service",
            "--no-ask-password kill -s KILL -- ollama.service");
    assertThat(report.text()).contains("host-agent kill ollama.service", "main PID 20");
  }

  @Test
  void theCommandOfALadderIsAUnitOfThatHostAndNoWordOfItTravels() {
    Report report = act(Action.COMMAND);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(host.acts())
        .containsExactly(
            "--no-ask-password reset-failed -- ollama.service",
            "--no-ask-password start -- selfheal-ladder.service");
  }

  @ParameterizedTest
  @CsvSource({"KILL, 62-ollama-selfheal-kill.rules", "COMMAND, 63-ollama-selfheal-ladder.rules"})
  void aStepWithoutItsRightFailsAndNamesTheFileThatGivesIt(Action step, String file) {
    host.forbidLadder(true);
    Report report = act(step);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.FAILED, Reason.RIGHT_MISSING));
    assertThat(report.text()).contains("examples/" + file + " /etc/polkit-1/rules.d/");
  }

  @Test
  void aUnitThatHangsInTheStopOfARestartIsKilledAndOneThatSomebodyStopsIsNot() {
    host.unit("loaded", "deactivating", "stop-sigterm");
    host.write("jobs", "7 ollama.service stop running\n");
    assertThat(act(Action.KILL).result().reason()).isEqualTo(Reason.UNIT_NOT_ACTIVE);
    assertThat(host.acts()).isEmpty();
    host.write("jobs", "7 ollama.service restart running\n");
    host.restarts(restartsAs(20) + "; sed -i s/deactivating/active/ unit");
    assertThat(act(Action.KILL).result().reason()).isEqualTo(Reason.PROVEN);
  }

  private Report act(Action action) {
    Instant now = clock.instant();
    return restarter()
        .restart(new Order(target(), now, now.minusSeconds(60), false, action, LastWord.NONE));
  }

  private static String pageWithoutStall(Instant written) {
    return Rows.page(written, Rows.stalled("runner_stalled", 0))
        .lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.substring(1))
        .reduce("", (text, line) -> text + line + "\n");
  }

  private void assertUntouched(Target target, Reason reason, String words) {
    Report report = restart(target);
    assertThat(report.result()).isEqualTo(Result.untouched(reason));
    assertThat(report.text()).contains(words).endsWith("nothing was touched");
    assertThat(host.acts()).isEmpty();
  }

  private Report restart(Target target) {
    Instant now = clock.instant();
    return restarter().restart(new Order(target, now, now.minusSeconds(60), false));
  }

  private CompletableFuture<Report> begin(Target target) {
    return CompletableFuture.supplyAsync(() -> restart(target));
  }

  private Restarter restarter() {
    return new ProvingRestarter(
        new RealHosts(System.getenv("PATH"), System::nanoTime), clock, SshActIT::pause);
  }

  /** Looks follow each other as in earnest: the other side is real, and takes its time. */
  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }

  private Target target() {
    return target("ollama.service");
  }

  private Target target(String unit) {
    return target(unit, host.sshd().port(), host.key(), host.knownHosts());
  }

  private Target target(int port, Path key, Path knownHosts) {
    return target("ollama.service", port, key, knownHosts);
  }

  private Target byCommand(String command) {
    return target(null, ssh(host.sshd().port(), host.key(), host.knownHosts(), command));
  }

  private Target target(String unit, int port, Path key, Path knownHosts) {
    return target(unit, ssh(port, key, knownHosts, null));
  }

  private static Target.Ssh ssh(int port, Path key, Path knownHosts, @Nullable String command) {
    return new Target.Ssh(
        "127.0.0.1",
        port,
        System.getProperty("user.name"),
        new Target.SshFiles(key, knownHosts),
        command);
  }

  private Target target(@Nullable String unit, Target.Ssh ssh) {
    return new Target(
        "far",
        Match.on(Map.of("instance", "far:9100")),
        new Control(unit, List.of(), ssh),
        new Signs(api.uri(), null),
        new RecoveryLimits(Duration.ofSeconds(3), RECOVERY, Duration.ofSeconds(1), true));
  }
}
