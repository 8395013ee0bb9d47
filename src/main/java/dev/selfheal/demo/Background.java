package dev.selfheal.demo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that do not keep a process alive. */
final class Background {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(Background::thread);

  private Background() {}

  static void run(Runnable work) {
    THREADS.execute(work);
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fake");
    thread.setDaemon(true);
    return thread;
  }
}
