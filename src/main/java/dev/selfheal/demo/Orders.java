package dev.selfheal.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the demo or a test has ordered the fake server to do from now on. */
final class Orders {
  private final Map<String, String> standing = new LinkedHashMap<>();
  private volatile int loadMillis;
  private volatile boolean deadlocked;
  private volatile boolean wedged;

  /** Takes an order that also future runners obey. */
  synchronized void stand(String verb, String words) {
    standing.put(verb, words);
  }

  /** What each new runner is told. */
  synchronized List<String> standing() {
    return new ArrayList<>(standing.values());
  }

  void load(int millis) {
    loadMillis = millis;
  }

  int loadMillis() {
    return loadMillis;
  }

  /** From now on no request reaches a runner. */
  void deadlock() {
    deadlocked = true;
  }

  boolean isDeadlocked() {
    return deadlocked;
  }

  /** From now on an unload never ends. */
  void wedge() {
    wedged = true;
  }

  boolean isWedged() {
    return wedged;
  }

  /** Whether models are unloaded when their time is over. */
  boolean unloads() {
    return !deadlocked;
  }
}
