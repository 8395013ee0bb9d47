package dev.selfheal.dispatch.injection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Thousands of episodes in which anything fails, and none of the rules. */
class FaultInjectionTest {
  private static final long SEED = Long.getLong("selfheal.seed", 20_261_122L);
  private static final int EPISODES = Integer.getInteger("selfheal.episodes", 2_000);
  private static final int STORIES = 3;
  private static final int ENOUGH = 2_000;

  /** Reasons of what is not in these episodes: quiet hours, consent, and ladders. */
  private static final Set<Reason> ELSEWHERE =
      EnumSet.of(
          Reason.QUIET_HOURS,
          Reason.APPROVED,
          Reason.RIGHT_MISSING,
          Reason.NO_TARGET,
          Reason.AMBIGUOUS);

  private static final Coverage COVERAGE = new Coverage();
  private static final Queue<Shelf> SHELVES = new ConcurrentLinkedQueue<>();

  @Test
  void noEpisodeBreaksAnInvariant() throws IOException {
    Path folder = Files.createTempDirectory(memory(), "selfheal-episodes");
    System.out.printf("episodes: seed %d, %d of them%n", SEED, EPISODES);
    List<String> stories =
        LongStream.range(0, EPISODES)
            .parallel()
            .mapToObj(number -> story(SEED + number, folder))
            .filter(story -> !story.isEmpty())
            .toList();
    SHELVES.forEach(Shelf::close);
    SHELVES.clear();
    remove(folder);
    System.out.println(COVERAGE.outcomes + "\n" + COVERAGE.reasons + "\n" + COVERAGE.others);
    assertThat(stories.stream().limit(STORIES).toList())
        .as("%d episodes went wrong", stories.size())
        .isEmpty();
    if (EPISODES >= ENOUGH) {
      assertThat(COVERAGE.outcomes.keySet()).containsExactlyInAnyOrder(Outcome.values());
      assertThat(EnumSet.complementOf(EnumSet.copyOf(COVERAGE.reasons.keySet())))
          .as("reasons that never came up")
          .isSubsetOf(ELSEWHERE);
    }
  }

  private static String story(long seed, Path folder) {
    Shelf free = SHELVES.poll();
    Shelf shelf = free == null ? new Shelf(folder.resolve(seed + ".db")) : free;
    Episode.Told told = Episode.play(seed, shelf);
    SHELVES.add(shelf);
    COVERAGE.add(told.coverage());
    return told.wrong().isEmpty()
        ? ""
        : "%n-Dselfheal.seed=%d -Dselfheal.episodes=1: %s%n%s%n"
            .formatted(seed, told.wrong(), String.join("\n", told.steps()));
  }

  /** A folder in memory if there is one: thousands of commits would wait for a disk. */
  private static Path memory() {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @BeforeAll
  static void hush() {
    level("dev.selfheal", Level.OFF);
    level("com.zaxxer", Level.OFF);
  }

  @AfterAll
  static void speak() {
    level("dev.selfheal", null);
    level("com.zaxxer", null);
  }

  private static void level(String name, @Nullable Level level) {
    ((Logger) LoggerFactory.getLogger(name)).setLevel(level);
  }
}
