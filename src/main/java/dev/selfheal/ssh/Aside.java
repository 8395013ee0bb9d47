package dev.selfheal.ssh;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Work on a thread of its own: JSch neither hears an interrupt nor keeps to one limit for all that
 * it does, but whoever waits for a future can.
 */
final class Aside {
  private Aside() {}

  static <T> Future<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
