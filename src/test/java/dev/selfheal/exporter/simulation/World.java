package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.Condition.Stalled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A host with its clients and its exporter. */
final class World {
  final Host host;
  final Exporter exporter;
  long samples;

  World(HostKind kind, long seed, Exporter.Senses senses) {
    this.host = new Host(kind, seed);
    this.exporter = new Exporter(host, senses);
  }

  /** Lets time go on until a freeze is told, or for so long; returns the freeze, if any. */
  @Nullable Stalled run(Duration time) {
    long end = host.now() + time.toMillis();
    while (host.now() < end) {
      host.agenda.advance(host.now() + pause());
      samples++;
      Condition condition = exporter.round();
      if (condition instanceof Stalled stalled && stalled.frozen()) {
        return stalled;
      }
    }
    return null;
  }

  /** Up to the next look; some are missed. */
  private long pause() {
    long pause = host.kind.pace().next(host.chance);
    if (host.chance.in(0.002)) {
      return pause * host.chance.between(2, 7);
    }
    return pause;
  }
}
