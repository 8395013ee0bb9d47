package dev.selfheal.exporter.sample;

/**
 * What a probe could read, or why it could not. Unknown is never taken for zero or none.
 *
 * @param <T> what is read
 */
public sealed interface Reading<T> {

  /** It was read. */
  record Known<T>(T value) implements Reading<T> {}

  /**
   * It could not be read.
   *
   * @param why one line for the log of the exporter
   * @param early whether it is only too early to read it, which is no failure
   */
  record Unknown<T>(String why, boolean early) implements Reading<T> {
    public Unknown(String why) {
      this(why, false);
    }
  }
}
