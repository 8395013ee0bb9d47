package dev.selfheal.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Those who ask the model, each in a thread. */
final class Clients implements AutoCloseable {
  private static final int SOME = 2;

  private final Time time;
  private final Tally tally;
  private final List<Thread> threads = new ArrayList<>();

  Clients(Time time) {
    this.time = time;
    this.tally = new Tally(time.ticker());
  }

  /**
   * Lets them ask from now on.
   *
   * @param tokens how many an answer has
   */
  Tally begin(Web web, URI ollama, int tokens) {
    for (int i = 0; i < SOME; i++) {
      Thread thread = Background.thread(new Client(web, ollama, tokens, time, tally));
      threads.add(thread);
      thread.start();
    }
    return tally;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
