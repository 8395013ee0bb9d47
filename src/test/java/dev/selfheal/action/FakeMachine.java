package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.OllamaApi;
import dev.selfheal.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A machine on which time passes only when something waits, with one unit and one server. */
final class FakeMachine implements CommandRunner, OllamaApi {
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  static final ApiAnswer ANSWERS = new ApiAnswer.Answering("0.5.1");
  static final ApiAnswer SILENT = new ApiAnswer.Silent("connection refused");

  final SettableClock clock = new SettableClock(START);
  final List<List<String>> acts = new ArrayList<>();
  final List<Duration> actLimits = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  final List<Instant> looks = new ArrayList<>();
  final List<Duration> questionLimits = new ArrayList<>();

  /** What {@code systemctl show} comes to. */
  Supplier<CommandResult> show = () -> unit("active", "running", "aa", 10);

  /** What the act comes to; it may change the machine. */
  Supplier<CommandResult> act = () -> new Exited(0, "");

  Supplier<ApiAnswer> api = () -> SILENT;

  /** What is done when something waits. */
  Runnable onPause = () -> {};

  LocalRestarter restarter() {
    return new LocalRestarter(this, this, clock, this::pause);
  }

  @Override
  public CommandResult run(List<String> argv, Duration limit) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    assertThat(argv).as("the one command that only reads").startsWith("systemctl", "show");
    return show.get();
  }

  @Override
  public CommandResult finish(List<String> argv, Duration limit) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    acts.add(argv);
    actLimits.add(limit);
    return act.get();
  }

  @Override
  public ApiAnswer ask(URI base, Duration limit) {
    looks.add(clock.instant());
    questionLimits.add(limit);
    return api.get();
  }

  private void pause(Duration time) throws InterruptedException {
    pauses.add(time);
    clock.advance(time);
    onPause.run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** The act restarts the unit, and the server answers so much later. */
  void actRestarts(Duration answersAfter) {
    act =
        () -> {
          startAnew(answersAfter);
          return new Exited(0, "");
        };
  }

  /** The unit is another one now, and the server answers so much later. */
  void startAnew(Duration answersAfter) {
    Instant ready = clock.instant().plus(answersAfter);
    show = () -> unit("active", "running", "bb", 20);
    api = () -> clock.instant().isBefore(ready) ? SILENT : ANSWERS;
  }

  static CommandResult unit(String active, String sub, String invocation, long pid) {
    return unit("loaded", active, sub, invocation, pid);
  }

  static CommandResult unit(String load, String active, String sub, String invocation, long pid) {
    return new Exited(
        0,
        "LoadState=%s\nActiveState=%s\nSubState=%s\nInvocationID=%s\nMainPID=%d"
            .formatted(load, active, sub, invocation, pid));
  }
}
