package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.sample.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What does not change in the life of a host.
 *
 * @param parallel OLLAMA_NUM_PARALLEL
 * @param threads cores that work on the CPU uses
 * @param keepAlive in milliseconds; below 0 for ever
 * @param mostLoaded OLLAMA_MAX_LOADED_MODELS
 */
record HostKind(
    Dialect dialect,
    Card card,
    boolean journal,
    boolean canary,
    Pace pace,
    int parallel,
    int threads,
    long keepAlive,
    int mostLoaded,
    boolean desktop,
    boolean imagesOnCpu,
    List<Model> models) {

  /** What its nvidia-smi can do. */
  enum Card {
    NONE,
    /** Shares per process, also for idle ones. */
    PMON,
    /** The same, with a dash for an idle process. */
    PMON_DASHES,
    /** No shares, but a list of the processes that compute. */
    APPS,
    /** Utilisation {@code [N/A]}: MIG and some boards. */
    SILENT,
    /** Utilisation 100 % also when idle; shares per process. */
    ALWAYS_FULL
  }

  /** How often the exporter looks. */
  enum Pace {
    FIVE(5_000, 5_000),
    TEN(10_000, 10_000),
    FIFTEEN(15_000, 15_000),
    TWENTY(20_000, 20_000),
    IRREGULAR(1_000, 20_000);

    private final long least;
    private final long most;

    Pace(long least, long most) {
      this.least = least;
      this.most = most;
    }

    long next(Chance chance) {
      return least == most ? least + chance.between(-40, 120) : chance.between(least, most);
    }
  }

  static HostKind random(Chance chance) {
    Card card =
        chance.oneOf(
            Card.NONE,
            Card.PMON,
            Card.PMON,
            Card.PMON,
            Card.PMON_DASHES,
            Card.APPS,
            Card.SILENT,
            Card.ALWAYS_FULL);
    boolean partial = card != Card.NONE && chance.in(0.15);
    return new HostKind(
        chance.oneOf(Dialect.values()),
        card,
        chance.in(0.6),
        chance.in(0.7),
        pace(chance),
        (int) chance.between(1, 4),
        (int) chance.between(1, 8),
        keepAlive(chance),
        (int) chance.between(1, 2),
        card != Card.NONE && chance.in(0.3),
        chance.in(0.1),
        models(chance, card == Card.NONE ? 0 : partial ? chance.share(0.2, 0.85) : 1));
  }

  boolean pooled() {
    return dialect == Dialect.POOLED;
  }

  /** Whether its models are all but wholly on the GPU. */
  boolean resident() {
    return models.get(0).vram() >= 0.9;
  }

  /** Whether a runner's progress can be read in the log. */
  boolean lines() {
    return journal && !pooled();
  }

  HostKind with(Pace otherPace, long otherKeepAlive, boolean journalToo) {
    return new HostKind(
        dialect,
        card,
        journalToo,
        canary,
        otherPace,
        parallel,
        threads,
        otherKeepAlive,
        mostLoaded,
        desktop,
        imagesOnCpu,
        models);
  }

  private static Pace pace(Chance chance) {
    double which = chance.share(0, 1);
    if (which < 0.3) {
      return Pace.FIVE;
    }
    return which < 0.5
        ? Pace.IRREGULAR
        : which < 0.7 ? Pace.TEN : which < 0.85 ? Pace.FIFTEEN : Pace.TWENTY;
  }

  private static long keepAlive(Chance chance) {
    return chance.in(0.15)
        ? -1
        : chance
            .oneOf(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(30),
                Duration.ofHours(24))
            .toMillis();
  }

  private static List<Model> models(Chance chance, double vram) {
    List<Model> models = new ArrayList<>();
    long count = chance.between(1, 3);
    for (int i = 0; i < count; i++) {
      models.add(Model.of(i, chance.between(300, 20_000), vram));
    }
    return List.copyOf(models);
  }
}
