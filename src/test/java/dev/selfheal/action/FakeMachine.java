package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.Generation;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** A machine on which time passes only when something waits, with one unit and one server. */
final class FakeMachine implements HostAgent, CommandRunner, OllamaServer {
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  static final ApiAnswer ANSWERS = new ApiAnswer.Answering("0.5.1");
  static final ApiAnswer SILENT = new ApiAnswer.Silent("connection refused");

  final SettableClock clock = new SettableClock(START);
  final List<List<String>> resets = new ArrayList<>();
  final List<List<String>> acts = new ArrayList<>();
  final List<Duration> kills = new ArrayList<>();
  final List<Duration> actLimits = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  final List<Instant> looks = new ArrayList<>();
  final List<Duration> questionLimits = new ArrayList<>();
  final List<OneToken> questions = new ArrayList<>();

  /** What {@code systemctl show} comes to. */
  Supplier<CommandResult> show = () -> unit("active", "running", "aa", 10);

  /** Rows of the agent's other sections, with their titles. */
  Supplier<String> rest = () -> "";

  /** What only the evidence holds. */
  String evidence = "";

  /** What the act comes to; it may change the machine. */
  Supplier<CommandResult> act = () -> new Exited(0, "");

  Supplier<ApiAnswer> api = () -> SILENT;
  Supplier<Optional<List<PsModel>>> loaded = Optional::empty;
  Supplier<Optional<List<PsModel>>> installed = () -> Optional.of(List.of());
  Function<OneToken, CompletableFuture<OneToken.Result>> model = question -> never();

  /** What is done when something waits. */
  Runnable onPause = () -> {};

  Restarter restarter() {
    return new ProvingRestarter(
        target -> new LocalHost(target, this, this, this), clock, this::pause);
  }

  Report act(Target target, Action action) {
    return act(target, action, LastWord.NONE);
  }

  Report act(Target target, Action action, LastWord lastWord) {
    return restarter()
        .restart(new Order(target, START, START.minusSeconds(90), false, action, lastWord));
  }

  Report restart(Target target) {
    return restarter().restart(new Order(target, START, START.minusSeconds(90), false));
  }

  static CompletableFuture<OneToken.Result> never() {
    return new CompletableFuture<>();
  }

  static CompletableFuture<OneToken.Result> at(OneToken.Result result) {
    return CompletableFuture.completedFuture(result);
  }

  @Override
  public CommandResult run(String order, Duration limit) throws InterruptedException {
    interruptible();
    if (order.equals(Verb.KILL.word())) {
      kills.add(limit);
      return act.get();
    }
    CommandResult shown = show.get();
    if (shown instanceof CommandResult.NotStarted || shown instanceof CommandResult.Cut) {
      return shown;
    }
    String text =
        "selfheal-host-agent 1 %s\n[clock]\nepoch=%d\nuptime=10000.00\nhertz=100\nboot_id=b\n"
                .formatted(order, clock.instant().getEpochSecond())
            + "[unit]\n"
            + (shown instanceof Exited exited ? exited.output() + failed(exited) : "");
    return shown instanceof Exited
        ? new Exited(
            0, text + rest.get() + (order.equals(Verb.EVIDENCE.word()) ? evidence : "") + "[end]\n")
        : new CommandResult.TimedOut(text);
  }

  private static String failed(Exited exited) {
    return exited.status() == 0
        ? "\n"
        : "\nunavailable systemctl show ended with status " + exited.status() + "\n";
  }

  @Override
  public CommandResult run(List<String> argv, Duration limit) throws InterruptedException {
    interruptible();
    assertThat(argv).as("what may be broken off").contains("reset-failed");
    resets.add(argv);
    return new Exited(0, "");
  }

  @Override
  public CommandResult finish(List<String> argv, Duration limit) throws InterruptedException {
    interruptible();
    acts.add(argv);
    actLimits.add(limit);
    return act.get();
  }

  @Override
  public ApiAnswer version(Duration limit) {
    looks.add(clock.instant());
    questionLimits.add(limit);
    return api.get();
  }

  @Override
  public Optional<List<PsModel>> loaded(Duration limit) {
    return loaded.get();
  }

  @Override
  public Optional<List<PsModel>> installed(Duration limit) {
    return installed.get();
  }

  @Override
  public Generation generate(PsModel model, Duration limit) {
    throw new AssertionError("an attempt asks for no long text");
  }

  @Override
  public CompletableFuture<OneToken.Result> ask(OneToken question, Duration limit) {
    questions.add(question);
    return model.apply(question);
  }

  private void pause(Duration time) throws InterruptedException {
    pauses.add(time);
    clock.advance(time);
    onPause.run();
    interruptible();
  }

  private static void interruptible() throws InterruptedException {
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
