package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.DemoProcess;
import dev.selfheal.testkit.RealPrograms;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The demo, from the jar that is shipped, as a user sees it where there is no terminal. Those that
 * end early run beside those that run to the end.
 */
@Timeout(240)
class DemoIT {
  /** Twice what it promises on a machine that has nothing else to do, and a little more. */
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private static final Duration PROMPTLY = Duration.ofSeconds(20);
  private static final Pattern STEP = Pattern.compile("(?m)^ *[0-9.]+ s  .{9}  ([a-z]+) ");
  private static final Pattern RECEIVER = Pattern.compile("serve at http://127.0.0.1:(\\d+)");
  private static final Pattern ANY = Pattern.compile(" at http://127.0.0.1:(\\d+)");

  private static final List<String> HEARD = List.of("frozen", "evidence", "alert");
  private static final List<String> HEALED =
      List.of("decision", "restart", "proof", "recovered", "closed");
  private static final List<String> GIVEN_UP = List.of("escalated", "untouched", "ledger");

  /** Demos that run beside each other have other ports: none can take what another was to have. */
  private static ServerSocket usual;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @BeforeAll
  static void somebodyListensOnTheUsualPort() throws IOException {
    try {
      usual = await().ignoreException(BindException.class).until(DemoIT::listen, Objects::nonNull);
    } catch (ConditionTimeoutException e) {
      usual = listener(0); // Somebody does, who is none of us.
    }
  }

  @AfterAll
  static void nobodyDoes() throws IOException {
    usual.close();
  }

  @Test
  void showsThreeRestartsAndAnEscalationBesideAnotherProgramOnItsPortAndLeavesNothing()
      throws IOException {
    DemoProcess demo = programs.add(new DemoProcess("--fast"));
    assertThat(demo.endsWithin(LIMIT)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isZero();
    assertThat(steps(demo)).isEqualTo(expected(2, HEARD));
    assertThat(demo.log())
        .contains("Port " + UsualPort.NUMBER + " is taken: the receiver listens on ")
        .contains("runner_stalled", "runner_stopped", "(alert_firing)", "it computes again")
        .contains("restarts left this hour: 2", "restarts left this hour: 0")
        .contains("(budget_spent)", "decision=escalate", "selfheal resume gpu-01")
        .contains("still 3 restarts")
        .doesNotContain("\u001b", "\r");
    assertThat(ports(demo, RECEIVER)).hasSize(1).doesNotContain(UsualPort.NUMBER);
    assertNothingIsLeft(demo);
  }

  @Test
  void showsTheSameThroughPrometheusAndAlertmanager() throws IOException {
    DemoProcess demo = programs.add(new DemoProcess("--with-prometheus", "--fast"));
    assertThat(demo.endsWithin(LIMIT)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isZero();
    assertThat(steps(demo)).isEqualTo(expected(3, List.of("frozen", "evidence", "rule", "alert")));
    assertThat(demo.log()).contains("Alertmanager has told the receiver: incident 4");
    assertNothingIsLeft(demo);
  }

  @ParameterizedTest
  @CsvSource({"INT, frozen, 130", "TERM, started, 143"})
  void aSignalEndsItInTheMiddleOrAtTheBeginningAndLeavesNothing(
      String signal, String when, int code) throws IOException {
    DemoProcess demo = upTo(when);
    demo.signal(signal);
    assertThat(demo.endsWithin(PROMPTLY)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isEqualTo(code);
    assertThat(demo.log()).contains("Stopped.").doesNotContain("\tat ");
    assertNothingIsLeft(demo);
  }

  @Test
  void whatKillsItKillsAllThatItHasStarted() throws IOException {
    DemoProcess demo = upTo("frozen");
    assertThat(demo.processes()).hasSizeGreaterThanOrEqualTo(4);
    demo.signal("KILL");
    await().atMost(PROMPTLY).until(() -> demo.processes().isEmpty() && demo.files().isEmpty());
    assertNothingIsLeft(demo);
  }

  @Test
  void aRestartThatDoesNotHelpFailsItAndItSaysSo() throws IOException {
    DemoProcess demo = upTo("frozen");
    Path script = demo.files().get(0).resolve("ollama").resolve("restart.sh");
    String good = Files.readString(script);
    Files.writeString(script, "[ \"$1\" = stop ] || exit 3\n" + good);
    assertThat(demo.endsWithin(LIMIT)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isEqualTo(1);
    assertThat(demo.log())
        .contains("selfheal demo: the restart did not help: attempt 1: failed after ")
        .contains("the restart command ended with an error: look at the logs")
        .contains("  receiver: ", "  fake ollama: ")
        .doesNotContain("recovered  ", "\tat ");
    assertNothingIsLeft(demo);
  }

  @ParameterizedTest
  @CsvSource({"dev.selfheal.demo.FakeRunner, runner", "dev.selfheal.demo.FakeServe, server"})
  void whatEndsByItselfInTheMiddleOfAFreezeIsNamed(String program, String name) throws IOException {
    DemoProcess demo = upTo("frozen");
    demo.signal("KILL", program);
    assertThat(demo.endsWithin(PROMPTLY)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isEqualTo(1);
    assertThat(demo.log())
        .containsPattern("the fake Ollama's " + name + " \\(process \\d+\\) has ended by itself");
    assertNothingIsLeft(demo);
  }

  @Test
  void anAnswerAfterTheEscalationFailsItAndItSaysSo() throws IOException {
    DemoProcess demo = upTo("escalated");
    demo.signal("CONT", FakeRunner.class.getName());
    assertThat(demo.endsWithin(PROMPTLY)).as("it ends").isTrue();
    assertThat(demo.exitCode()).isEqualTo(1);
    assertThat(demo.log()).contains("somebody was answered although nothing was restarted");
  }

  private DemoProcess upTo(String step) {
    DemoProcess demo = programs.add(new DemoProcess("--fast"));
    await().atMost(LIMIT).until(() -> steps(demo).contains(step) || demo.endsWithin(Duration.ZERO));
    assertThat(steps(demo)).contains(step);
    return demo;
  }

  private static List<String> expected(int started, List<String> heard) {
    List<String> steps = new ArrayList<>(Collections.nCopies(started, "started"));
    steps.add("answering");
    for (int i = 0; i < 3; i++) {
      steps.addAll(heard);
      steps.addAll(HEALED);
    }
    steps.addAll(heard);
    steps.addAll(GIVEN_UP);
    return steps;
  }

  /** What happened, but for how it was waited for. */
  private static List<String> steps(DemoProcess demo) {
    return STEP.matcher(demo.log())
        .results()
        .map((MatchResult step) -> step.group(1))
        .filter(word -> !word.equals("waiting") && !word.equals("held"))
        .toList();
  }

  private static void assertNothingIsLeft(DemoProcess demo) throws IOException {
    assertThat(demo.processes()).isEmpty();
    assertThat(demo.files()).isEmpty();
    for (int port : ports(demo, ANY)) {
      try (ServerSocket socket = listener(port)) {
        assertThat(socket.isBound()).isTrue();
      }
    }
  }

  private static List<Integer> ports(DemoProcess demo, Pattern pattern) {
    List<Integer> ports =
        pattern
            .matcher(demo.log())
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(ports).isNotEmpty();
    return ports;
  }

  private static ServerSocket listen() throws IOException {
    return listener(UsualPort.NUMBER);
  }

  private static ServerSocket listener(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
