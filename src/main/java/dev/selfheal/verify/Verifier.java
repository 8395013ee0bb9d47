package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the checks side by side, and is done with them in half a minute, whatever hangs. */
public final class Verifier {
  private static final Duration LIMIT = Duration.ofSeconds(27);

  /** As many questions at once; more targets than that wait for each other. */
  private static final int THREADS = 32;

  private final List<Check> checks;
  private final Clock clock;
  private final Duration limit;

  /** Proves this deployment. */
  public Verifier(Deployment deployment, Senses senses) {
    this(new CheckList(deployment, senses).all(), senses.clock(), LIMIT);
  }

  /**
   * Proves this host's own part of a deployment whose receiver runs elsewhere: what writes and
   * serves the page, and the right to restart.
   */
  public static Verifier ofHost(Deployment deployment, Senses senses) {
    return new Verifier(new CheckList(deployment, senses).ofHosts(), senses.clock(), LIMIT);
  }

  Verifier(List<Check> checks, Clock clock, Duration limit) {
    this.checks = List.copyOf(checks);
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Asks everything once. Safe to repeat, restarts nothing.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public VerifyReport run() throws InterruptedException {
    List<Callable<CheckResult>> questions = new ArrayList<>();
    checks.forEach(check -> questions.add(check::run));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, Verifier::daemon);
    try {
      List<Future<CheckResult>> answers =
          threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS);
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        Check check = checks.get(i);
        findings.add(new Finding(check.name(), check.target(), result(answers.get(i))));
      }
      return new VerifyReport(clock.instant(), findings);
    } finally {
      threads.shutdownNow();
    }
  }

  private CheckResult result(Future<CheckResult> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException e) {
      return new Failed(
          "no answer within " + limit.toSeconds() + "s", "selfheal verify, again; what hangs?");
    } catch (ExecutionException e) {
      return new Failed(
          "the check itself has failed, which is a mistake of selfheal: " + e.getCause(),
          "selfheal verify, again; if it stays, report this line; journalctl -u"
              + " selfheal-verify.service");
    }
  }

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "verify");
    made.setDaemon(true);
    return made;
  }
}
