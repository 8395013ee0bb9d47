package dev.selfheal.exporter;

import java.time.Duration;

/** What came of asking a suspected runner for one token. */
public sealed interface CanaryResult {

  /** It computed: proof of life. */
  record Answered(Duration took) implements CanaryResult {}

  /** No answer came within the limit. */
  record NoAnswer(String why) implements CanaryResult {}

  /** It could not be asked without harm, or what came back says nothing about the runner. */
  record NotPossible(String why) implements CanaryResult {}

  /** Its value in the label {@code result}. */
  default String label() {
    if (this instanceof Answered) {
      return "answered";
    }
    return this instanceof NoAnswer ? "no_answer" : "not_possible";
  }
}
