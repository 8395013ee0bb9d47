package dev.selfheal.exporter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Condition.Stalled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand days of healthy hosts, none of which may be taken for frozen. */
class HealthySimulationTest {
  private static final long SEED = Long.getLong("selfheal.seed", 20_261_122L);
  private static final int HOSTS = Integer.getInteger("selfheal.hosts", 1_000);
  private static final Duration LIFE = Duration.ofDays(1);
  private static final int STORIES = Integer.getInteger("selfheal.stories", 2);

  /** Minutes of a core; longer than any machine takes that also does other things. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void noHealthyHostIsTakenForFrozen() {
    AtomicLong samples = new AtomicLong();
    List<String> wrong =
        LongStream.range(0, HOSTS)
            .parallel()
            .mapToObj(number -> live(SEED + number, samples))
            .filter(story -> !story.isEmpty())
            .toList();
    System.out.printf(
        "healthy: seed %d, %d host-days, %d samples, %d wrong%n",
        SEED, HOSTS, samples.get(), wrong.size());
    assertThat(wrong.stream().limit(STORIES).toList()).as("%d stories", wrong.size()).isEmpty();
  }

  private static String live(long seed, AtomicLong samples) {
    Chance chance = new Chance(seed);
    World world = new World(HostKind.random(chance), chance.seed(), Exporter.Senses.SOUND);
    new Life(world.host).begin();
    new Mishaps(world.host, world.exporter).begin();
    Stalled frozen = world.run(LIFE);
    samples.addAndGet(world.samples);
    return frozen == null
        ? ""
        : "-Dselfheal.seed="
            + seed
            + " -Dselfheal.hosts=1: "
            + frozen
            + "\n"
            + world.exporter.story().tell();
  }
}
