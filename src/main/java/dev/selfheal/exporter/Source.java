package dev.selfheal.exporter;

/**
 * Something that can be read again and again.
 *
 * @param <T> what is read
 */
@FunctionalInterface
public interface Source<T> {

  /**
   * Reads it once. A failure that can be foreseen is part of the value.
   *
   * @throws Exception any other; it is the end of this reading and of nothing else
   */
  T read() throws Exception;
}
