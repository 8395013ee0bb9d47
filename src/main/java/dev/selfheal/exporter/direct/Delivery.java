package dev.selfheal.exporter.direct;

/** What became of one notification. */
public sealed interface Delivery {

  /** The receiver has it. */
  record Taken() implements Delivery {}

  /**
   * The receiver has it, but no use for it: no target matches, or the alert is not one it acts on.
   */
  record Ignored() implements Delivery {}

  /** It did not arrive, or was refused; it is sent again. */
  record Failed(String why) implements Delivery {}

  /** Its value in the label {@code result}. */
  default String label() {
    if (this instanceof Taken) {
      return "delivered";
    }
    return this instanceof Ignored ? "ignored" : "failed";
  }
}
