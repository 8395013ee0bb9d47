package dev.selfheal.exporter.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A machine with one Ollama, on a clock of its own. Times are in milliseconds. */
final class Host {
  private static final Instant BOOT = Instant.parse("2026-11-22T02:00:00Z");
  private static final int REMEMBERED = 200;

  final HostKind kind;
  final Chance chance;
  final Agenda agenda = new Agenda();
  final LogBook log;
  final Deque<String> events = new ArrayDeque<>();

  @Nullable Ollama ollama;
  long servePid = 900;
  long serveStart = 600_000;

  /** How far the wall clock was set on or back. */
  long stepped;

  /** What the desktop takes of the GPU, 0 to 1. */
  double desktop;

  /** In how many looks the journal could not be read although it can be. */
  int journalFailures;

  private long pids = 1_000;
  private int ports = 32_768;

  Host(HostKind kind, long seed) {
    this.kind = kind;
    this.chance = new Chance(seed);
    this.log = new LogBook(kind.journal());
    this.ollama = new Ollama(this);
  }

  long now() {
    return agenda.now();
  }

  /** The time that the host shows, in milliseconds since 1970. */
  long wall() {
    return BOOT.toEpochMilli() + agenda.now() + stepped;
  }

  long nextPid() {
    pids += chance.between(3, 90);
    return pids;
  }

  int port() {
    return (int) chance.between(32_768, 60_999);
  }

  /** The port of somebody who connects. */
  int peer() {
    ports = ports >= 60_999 ? 32_768 : ports + 1;
    return ports;
  }

  void note(String event) {
    events.addLast(agenda.now() / 1000 + " s: " + event);
    if (events.size() > REMEMBERED) {
      events.removeFirst();
    }
  }

  /** The server ends, and all its runners with it; a new one comes. */
  void restartServe(long gap) {
    note("serve restarts");
    Ollama old = ollama;
    ollama = null;
    if (old != null) {
      old.breakOff();
    }
    agenda.in(
        gap,
        () -> {
          servePid = nextPid();
          serveStart = 700_000 + agenda.now() / 10;
          ollama = new Ollama(this);
        });
  }
}
