package dev.selfheal.action;

import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, look after look, whether a restarted server computes again: the bytes of a client that
 * waits flow, or a model answers the smallest question.
 */
final class Inference implements AutoCloseable {
  private static final Duration QUESTION = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  private final Host host;
  private final Baseline before;
  private final boolean asks;
  private final Clock clock;
  private final Streams streams = new Streams();
  private final Advance advance = new Advance();
  private boolean chosen;
  private @Nullable PsModel witness;
  private @Nullable CompletableFuture<OneToken.Result> question;
  private String last = "no model has answered yet";
  private @Nullable Step computed;

  /**
   * What a look has shown.
   *
   * @param reason {@link Reason#PROVEN}, or what is missing
   * @param comesOn whether a model is being loaded
   * @param computed whether something was seen to be computed, and not only nothing to be amiss
   */
  record Step(Reason reason, String line, boolean comesOn, boolean computed) {

    boolean proven() {
      return reason == Reason.PROVEN;
    }
  }

  /**
   * @param asks whether a model may be asked
   */
  Inference(Host host, Baseline before, boolean asks, Clock clock) {
    this.host = host;
    this.before = before;
    this.asks = asks;
    this.clock = clock;
  }

  /**
   * Looks once more, at a server that answers.
   *
   * @param most how long a question to a model may be waited for at all
   */
  Step look(HostReport report, Duration most) throws InterruptedException {
    if (streams.flow(report)) {
      computed = computed("what a client waits for is being computed");
    }
    if (computed != null) {
      return computed;
    }
    if (!asks) {
      return unasked(report);
    }
    if (!chosen && !choose()) {
      return missing(Reason.INFERENCE_SILENT, "it does not say which models it has", false);
    }
    PsModel model = witness;
    return model == null ? proven("it has no model to ask") : judge(model, report, most);
  }

  /** The server is another one, or gone: what was computed before proves nothing any more. */
  void forget() {
    computed = null;
  }

  private Step judge(PsModel model, HostReport report, Duration most) throws InterruptedException {
    if (question == null) {
      question = host.server().ask(Baseline.question(model, clock.instant()), most);
    }
    if (question.isDone()) {
      OneToken.Result result = question.join();
      question = null; // the next look asks again
      if (result instanceof OneToken.Result.Computed) {
        computed = computed("its model computes");
        return computed;
      }
      if (result instanceof OneToken.Result.Declined no && unaskable(no.status())) {
        return proven("its model cannot be asked any more (" + no.why() + ")");
      }
      last = "its model was asked: " + why(result);
      return missing(Reason.INFERENCE_SILENT, last, false);
    }
    List<PsModel> listed = host.server().loaded(QUESTION).orElse(List.of());
    return advance.loads(model.name(), listed, report, clock.instant())
        ? missing(Reason.STILL_LOADING, "its model is being loaded", true)
        : missing(Reason.INFERENCE_SILENT, last, false);
  }

  /** It was removed, or does nothing that could be asked for. */
  private static boolean unaskable(int status) {
    return status == NOT_FOUND || status == BAD_REQUEST;
  }

  /** Without a question there is nothing but the clients: if none waits, nothing more to see. */
  private static Step unasked(HostReport report) {
    return Streams.waits(report)
        ? missing(Reason.INFERENCE_SILENT, "nothing that a client waits for is computed", true)
        : proven("nobody waits, and no model may be asked");
  }

  /** The model that is asked: one that was loaded before, else any of those on the disk. */
  private boolean choose() throws InterruptedException {
    Optional<PsModel> loaded = before.witness();
    Optional<List<PsModel>> among =
        loaded.isPresent() ? loaded.map(List::of) : host.server().installed(QUESTION);
    witness = among.flatMap(Baseline::smallest).orElse(null);
    chosen = among.isPresent();
    return chosen;
  }

  private static Step proven(String line) {
    return new Step(Reason.PROVEN, line, false, false);
  }

  private static Step computed(String line) {
    return new Step(Reason.PROVEN, line, false, true);
  }

  private static Step missing(Reason reason, String line, boolean comesOn) {
    return new Step(reason, line, comesOn, false);
  }

  private static String why(OneToken.Result result) {
    if (result instanceof OneToken.Result.Declined declined) {
      return declined.why();
    } else if (result instanceof OneToken.Result.Empty empty) {
      return empty.why();
    }
    return ((OneToken.Result.Missing) result).why();
  }

  /** Hangs up on a model that has not answered. */
  @Override
  public void close() {
    if (question != null) {
      question.cancel(true);
    }
  }
}
