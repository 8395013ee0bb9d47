package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Somebody who asks the model one question after the other, and reads the answers as they stream
 * in.
 */
final class Client implements Runnable {
  private static final String QUESTION =
      "{\"model\":\"slow\",\"prompt\":\"Why is the sky blue?\",\"options\":{\"num_predict\":%d}}";

  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(200);
  private static final String END = "\"done\":true";

  private final Web web;
  private final HttpRequest question;
  private final Time time;
  private final Tally tally;

  /**
   * @param ollama the server's address
   * @param tokens how many an answer has
   */
  Client(Web web, URI ollama, int tokens, Time time, Tally tally) {
    this.web = web;
    this.question =
        HttpRequest.newBuilder(ollama.resolve("/api/generate"))
            .POST(BodyPublishers.ofString(QUESTION.formatted(tokens)))
            .build();
    this.time = time;
    this.tally = tally;
  }

  @Override
  public void run() {
    try {
      while (true) {
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The demo ends.
    }
  }

  private void ask() throws InterruptedException {
    try {
      HttpResponse<InputStream> answer = web.http().send(question, BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        if (answer.statusCode() == 200 && read(in)) {
          tally.finished();
          return;
        }
      }
      tally.broken();
    } catch (ConnectException e) {
      // The server is being restarted.
    } catch (IOException e) {
      tally.broken();
    }
    time.pauser().pause(BEFORE_ASKING_AGAIN);
  }

  /** Whether the answer came to its end. */
  private boolean read(InputStream in) throws IOException {
    byte[] some = new byte[4096];
    String last = "";
    for (int length = in.read(some); length >= 0; length = in.read(some)) {
      tally.received(length);
      last = (last + new String(some, 0, length, UTF_8));
      last = last.substring(Math.max(0, last.length() - some.length));
    }
    return last.contains(END);
  }
}
