package dev.selfheal.drill;

import dev.selfheal.http.NoAnswerException;
import java.net.URI;

/** Whether a program of the chain, between exporter and receiver, has the target's alert. */
abstract class AlertWatch implements Watch {
  private final String name;
  private final URI base;
  private volatile String trouble;
  private volatile boolean answers;

  /**
   * @param name of the program
   * @param base where it is asked
   */
  AlertWatch(String name, URI base) {
    this.name = name;
    this.base = base;
    this.trouble = name + " at " + base + " has not answered yet";
  }

  /**
   * Asks it.
   *
   * @return what it has, if it has no such alert
   */
  abstract String ask(Timeline timeline) throws NoAnswerException, InterruptedException;

  @Override
  public final void look(Timeline timeline) throws InterruptedException {
    try {
      trouble = name + " at " + base + " " + ask(timeline);
      answers = true;
    } catch (NoAnswerException e) {
      answers = false;
      trouble = "no " + name + " answers at " + base + ": " + e.why();
    }
  }

  @Override
  public final boolean answers() {
    return answers;
  }

  @Override
  public final String trouble() {
    return trouble;
  }
}
