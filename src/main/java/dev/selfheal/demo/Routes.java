package dev.selfheal.demo;

import dev.selfheal.demo.HttpText.Head;
import java.io.IOException;
import java.time.Duration;

/** What the API answers, route by route. */
final class Routes {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String LINES = "application/x-ndjson";
  private static final long PULL_BYTES = 4_683_073_184L;
  private static final Duration PULL_STEP = Duration.ofMillis(500);

  private final Setting setting;
  private final Bodies bodies;
  private final Scheduler scheduler;
  private final Inference inference;
  private final Time time;

  Routes(Setting setting, Scheduler scheduler, Time time) {
    this.setting = setting;
    this.bodies = new Bodies(setting.version(), setting.gpu());
    this.scheduler = scheduler;
    this.inference = new Inference(bodies, scheduler, time);
    this.time = time;
  }

  /**
   * Answers a request.
   *
   * @return the status, for the log
   * @throws IOException if the client has gone
   */
  int answer(Call call, Head head, Question question) throws IOException, InterruptedException {
    return switch (head.second()) {
      case "/" -> whole(call, 200, "text/plain; charset=utf-8", bodies.running());
      case "/api/version" -> whole(call, 200, JSON, bodies.number());
      case "/api/tags" -> whole(call, 200, JSON, bodies.tags());
      case "/api/ps" -> whole(call, 200, JSON, bodies.ps(scheduler.list()));
      case "/api/pull" -> pull(call, question);
      case "/api/show", "/api/generate", "/api/chat", "/api/embed", "/api/embeddings" ->
          ofModel(call, head, question);
      default -> whole(call, 404, "text/plain", "404 page not found");
    };
  }

  private int ofModel(Call call, Head head, Question question)
      throws IOException, InterruptedException {
    FakeModel model =
        FakeModel.ALL.stream()
            .filter(each -> each.name().equals(question.model()))
            .findFirst()
            .orElse(null);
    if (model == null) {
      return whole(call, 404, JSON, Bodies.error("model not found"));
    }
    return switch (head.second()) {
      case "/api/show" -> whole(call, 200, JSON, bodies.show(model, setting.blobs().toString()));
      case "/api/embed", "/api/embeddings" -> inference.embed(call, model, question);
      default -> inference.generate(call, model, question);
    };
  }

  /** A download that takes an hour, in steps, of which the client may not want to hear. */
  private int pull(Call call, Question question) throws IOException, InterruptedException {
    if (question.streams()) {
      HttpText.beginChunks(call.out(), LINES);
    }
    for (long done = 0; done < PULL_BYTES && !call.isLeft(); done += PULL_BYTES / 7200) {
      if (question.streams()) {
        HttpText.sendChunk(call.out(), bodies.pulled(done, PULL_BYTES));
      }
      time.pauser().pause(PULL_STEP);
    }
    String success = "{\"status\":\"success\"}\n";
    if (!question.streams()) {
      return whole(call, 200, JSON, success);
    }
    HttpText.sendChunk(call.out(), success);
    HttpText.endChunks(call.out());
    return 200;
  }

  private static int whole(Call call, int status, String type, String body) throws IOException {
    HttpText.answer(call.out(), status, type, body);
    return status;
  }
}
