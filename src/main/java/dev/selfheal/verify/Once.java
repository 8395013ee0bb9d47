package dev.selfheal.verify;

import org.jspecify.annotations.Nullable;

/** An answer that several checks need, asked for once. For many threads: the others wait. */
final class Once<T> {
  private final Question<T> question;
  private @Nullable T answer;

  /** How the answer is found. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  Once(Question<T> question) {
    this.question = question;
  }

  synchronized T get() throws InterruptedException {
    if (answer == null) {
      answer = question.ask();
    }
    return answer;
  }
}
