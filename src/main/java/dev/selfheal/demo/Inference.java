package dev.selfheal.demo;

import dev.selfheal.demo.Bodies.Answered;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers what a runner has to compute; always streams from the runner, whatever the client asked.
 */
final class Inference {
  private static final String JSON = "application/json; charset=utf-8";
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
  private static final int FAILED = 500;

  /** Makes a request about as long as a recorded one. */
  private static final int PROMPT = 137;

  private final Bodies bodies;
  private final Scheduler scheduler;
  private final Time time;

  Inference(Bodies bodies, Scheduler scheduler, Time time) {
    this.bodies = bodies;
    this.scheduler = scheduler;
    this.time = time;
  }

  int generate(Call call, FakeModel model, Question question)
      throws IOException, InterruptedException {
    if (question.isEmpty()) {
      return loadOrUnload(call, model, question);
    }
    long began = time.ticker().getAsLong();
    Loaded loaded = scheduler.acquire(model, question.keepAlive());
    long ready = time.ticker().getAsLong();
    try {
      return queue(call, loaded, question, Duration.ofNanos(ready - began));
    } finally {
      loaded.release();
    }
  }

  int embed(Call call, FakeModel model, Question question)
      throws IOException, InterruptedException {
    Loaded loaded = scheduler.acquire(model, question.keepAlive());
    try {
      loaded.runner().line().embed(call, question.json());
      return whole(call, 200, bodies.embeddings(question));
    } finally {
      loaded.release();
    }
  }

  private int loadOrUnload(Call call, FakeModel model, Question question)
      throws IOException, InterruptedException {
    if (Duration.ZERO.equals(question.keepAlive())) {
      Loaded loaded = scheduler.find(model);
      if (loaded != null) {
        loaded.keep(Duration.ZERO);
      }
      return whole(call, 200, bodies.done(question, time.clock().instant(), Bodies.UNLOADED));
    }
    scheduler.acquire(model, question.keepAlive()).release();
    return whole(call, 200, bodies.done(question, time.clock().instant(), Bodies.LOADED));
  }

  /** One request at a time reaches the runner; the others wait here, and may leave. */
  private int queue(Call call, Loaded loaded, Question question, Duration load)
      throws IOException, InterruptedException {
    Turn turn = new Turn(Thread.currentThread());
    call.onLeft(turn::leave);
    if (!turn.await(loaded.slot())) {
      return FAILED;
    }
    try {
      return stream(call, loaded, question, load);
    } finally {
      loaded.slot().release();
    }
  }

  private int stream(Call call, Loaded loaded, Question question, Duration load)
      throws IOException {
    Answer answer = new Answer(call, question);
    long began = time.ticker().getAsLong();
    try {
      RunnerLine.Stream stream = loaded.runner().line().complete(call, request(question));
      for (String chunk = HttpText.chunk(stream.in());
          !chunk.isEmpty();
          chunk = HttpText.chunk(stream.in())) {
        Matcher content = CONTENT.matcher(chunk);
        if (content.find() && !content.group(1).isEmpty()) {
          answer.token(content.group(1));
        }
      }
      loaded.runner().line().give(stream.socket());
    } catch (IOException e) {
      return answer.broken(e);
    }
    return answer.end(
        new Answered(time.ticker().getAsLong() - began, load.toNanos(), answer.count));
  }

  private static String request(Question question) {
    return "{\"prompt\":\"%s\",\"n_predict\":%d,\"num_predict\":%d,\"stream\":true,\"cache_prompt\":true,\"temperature\":0.8,\"top_k\":40,\"top_p\":0.9}"
        .formatted("x".repeat(PROMPT), question.tokens(), question.tokens());
  }

  private static int whole(Call call, int status, String body) throws IOException {
    HttpText.answer(call.out(), status, JSON, body);
    return status;
  }

  /** The answer to one client, streamed or whole. */
  private final class Answer {
    private final Call call;
    private final Question question;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;
    private int count;

    Answer(Call call, Question question) {
      this.call = call;
      this.question = question;
    }

    void token(String token) throws IOException {
      count++;
      if (!question.streams()) {
        text.append(token);
        return;
      }
      if (!begun) {
        HttpText.beginChunks(call.out(), "application/x-ndjson");
        begun = true;
      }
      HttpText.sendChunk(call.out(), bodies.token(question, time.clock().instant(), token));
    }

    int end(Answered answered) throws IOException {
      String last = bodies.end(question, time.clock().instant(), text.toString(), answered);
      if (!question.streams()) {
        return whole(call, 200, last);
      }
      if (!begun) {
        HttpText.beginChunks(call.out(), "application/x-ndjson");
      }
      HttpText.sendChunk(call.out(), last + "\n");
      HttpText.endChunks(call.out());
      return 200;
    }

    /** The runner died, or the client left and the call was cancelled. */
    int broken(IOException why) throws IOException {
      if (call.isLeft()) {
        return begun ? 200 : FAILED;
      }
      String error =
          Bodies.error(
              "an error was encountered while running the model: "
                  + (why instanceof EOFException ? "unexpected EOF" : why.getMessage()));
      if (!begun) {
        return whole(call, FAILED, error);
      }
      HttpText.sendChunk(call.out(), error + "\n");
      HttpText.endChunks(call.out());
      return 200;
    }
  }
}
