package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Reading;

/**
 * One way of looking at the host. Used by one thread at a time. Whoever calls it measures how long
 * it takes.
 *
 * @param <T> what it sees
 */
@FunctionalInterface
public interface Probe<T> {

  /**
   * Looks once. What the host does wrong is a value, not an exception.
   *
   * @throws InterruptedException if the thread is interrupted; nothing is left running then
   */
  Reading<T> read() throws InterruptedException;
}
