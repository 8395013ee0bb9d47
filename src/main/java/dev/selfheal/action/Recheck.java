package dev.selfheal.action;

import dev.selfheal.child.BoundedOutput;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.verdict.ExporterPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The look just before the act, which may call it off: a restart that is not needed, or that cures
 * nothing, is not done.
 */
final class Recheck {
  /** What restarts within this of the news may have been restarted before it. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Reading a model from disk puts a process into state D, too, but not look after look. */
  private static final int KERNEL_LOOKS = 5;

  private static final Duration KERNEL_PAUSE = Duration.ofSeconds(2);

  /** Bytes that are kept with an attempt; a report of a usual host has a tenth of it. */
  static final int MOST_EVIDENCE = 64 << 10;

  private static final String STALLED_RUNNER = "runner_stalled";

  private final Tools tools;
  private final Host host;
  private final Order order;
  private final Account account;
  private final Duration patience;
  private final Instant seenAt;
  private String evidence = "";

  /** To be made when the first look has just come back. */
  Recheck(Tools tools, Host host, Order order, Account account) {
    this.tools = tools;
    this.host = host;
    this.order = order;
    this.account = account;
    this.patience = order.target().recovery().recheck();
    this.seenAt = tools.clock().instant();
  }

  /** What the host showed, after {@link #calledOff}. */
  String evidence() {
    return evidence;
  }

  /** Why the act is called off; empty if it is to go on. */
  Optional<Result> calledOff(HostReport report, Baseline before) throws InterruptedException {
    Optional<CompletableFuture<OneToken.Result>> canary = canary(report, before);
    Instant began = tools.clock().instant();
    Gathered gathered = host.gather(patience);
    evidence = bounded(gathered.text());
    if (incurable(report) || incurable(gathered.report())) {
      return refused(Reason.GPU_LOST);
    }
    if (stuck(report, before)) {
      return refused(Reason.STUCK_IN_KERNEL);
    }
    return order.manual() ? Optional.empty() : needless(report, canary, began);
  }

  /** A page of an exporter may be long; what comes before it and after it is kept. */
  private static String bounded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BoundedOutput kept = new BoundedOutput(MOST_EVIDENCE);
    kept.add(bytes, bytes.length);
    return kept.text();
  }

  private Optional<Result> needless(
      HostReport report, Optional<CompletableFuture<OneToken.Result>> canary, Instant began)
      throws InterruptedException {
    if (restartedSinceTheNews(report)) {
      account.add("its server was started after the news of it had come");
      return Optional.of(Result.of(Outcome.NOT_NEEDED, Reason.EXTERNAL_RESTART));
    }
    if (page(report).filter(ExporterPage::showsNoStall).isPresent()) {
      account.add("its exporter sees no stall any more");
      return Optional.of(Result.of(Outcome.NOT_NEEDED, Reason.FOUND_HEALTHY));
    }
    if (canary.isPresent() && computes(canary.get(), began)) {
      account.add("its model has computed a token just now");
      return Optional.of(Result.of(Outcome.NOT_NEEDED, Reason.FOUND_HEALTHY));
    }
    return Optional.empty();
  }

  private Optional<Result> refused(Reason reason) {
    return Optional.of(Result.of(Outcome.REFUSED, reason));
  }

  /** Two lengths of time, each by one host's own clock: the clocks of two are never compared. */
  private boolean restartedSinceTheNews(HostReport report) {
    Duration known = Duration.between(order.newsAt(), seenAt).minus(SLACK);
    return report instanceof HostReport.Seen seen
        && seen.processes().stream()
            .filter(row -> row.role() == ProcessRow.Role.SERVE)
            .anyMatch(serve -> seen.age(serve).filter(age -> age.compareTo(known) < 0).isPresent());
  }

  /** The exporter's page, if it is of now by the clock of its own host. */
  private static Optional<ExporterPage> page(HostReport report) {
    return report instanceof HostReport.Seen seen
            && seen.page() instanceof HostPage.Text text
            && seen.clockOrNull() != null
        ? Optional.of(ExporterPage.read(text.text(), seen.clockOrNull().time()))
            .filter(ExporterPage::fresh)
        : Optional.empty();
  }

  private static boolean incurable(HostReport report) {
    return page(report).filter(ExporterPage::gpuLost).isPresent()
        || (report instanceof HostReport.Seen seen && LostGpu.in(seen.gpu(), seen.journal()));
  }

  /** What waits in the kernel in each look outlives a restart, and no signal reaches it. */
  private boolean stuck(HostReport report, Baseline before) throws InterruptedException {
    if (before.processes().stream().noneMatch(Recheck::waits)) {
      return false;
    }
    Optional<ExporterPage> page = page(report);
    if (page.isPresent()) {
      return page.get().stuckInKernel(); // It has looked for longer.
    }
    HostReport last = report;
    for (int looks = 1; looks < KERNEL_LOOKS && waitsStill(last, before); looks++) {
      tools.pauser().pause(KERNEL_PAUSE);
      last = host.look(RestartAttempt.PATIENT);
    }
    return waitsStill(last, before);
  }

  private static boolean waitsStill(HostReport report, Baseline before) {
    return report instanceof HostReport.Seen seen
        && seen.processes().stream().filter(Recheck::waits).anyMatch(row -> was(row, before));
  }

  private static boolean was(ProcessRow row, Baseline before) {
    return before.processes().stream().anyMatch(each -> each.pid() == row.pid() && waits(each));
  }

  private static boolean waits(ProcessRow row) {
    return row.state() == 'D' && row.role() != ProcessRow.Role.OTHER;
  }

  /**
   * Only for a runner that is stalled: a question to a loaded model passes by the scheduler's
   * queue, and disproves no deadlock in it. And only where it is certain which model is meant.
   */
  private Optional<CompletableFuture<OneToken.Result>> canary(HostReport report, Baseline before) {
    boolean wanted = order.target().recovery().canary() && !order.manual();
    return (wanted ? page(report) : Optional.<ExporterPage>empty())
        .filter(Recheck::accusesRunner)
        .flatMap(page -> accused(page, before.models()))
        .filter(model -> model.contextLength() > 0)
        .map(model -> Baseline.question(model, tools.clock().instant()))
        .map(question -> host.server().ask(question, patience));
  }

  private static boolean accusesRunner(ExporterPage page) {
    return page.judge("") instanceof Evidence.Stalled stalled
        && stalled.reason().equals(STALLED_RUNNER);
  }

  private static Optional<PsModel> accused(ExporterPage page, List<PsModel> models) {
    Optional<String> named = page.stalledModel();
    boolean single = models.size() == 1;
    return models.stream()
        .filter(model -> named.map(model.name()::equals).orElse(single))
        .findFirst();
  }

  /** That it does not answer in time proves nothing. */
  private boolean computes(CompletableFuture<OneToken.Result> canary, Instant began)
      throws InterruptedException {
    Duration left = patience.minus(Duration.between(began, tools.clock().instant()));
    try {
      return canary.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)
          instanceof OneToken.Result.Computed;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a value", e);
    } finally {
      canary.cancel(true);
    }
  }
}
