package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.demo.TableRow.Check;
import dev.selfheal.exporter.detect.StallReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads the pages of an exporter, one after the other, and holds them to what is true. */
final class RowWatch {
  private static final Duration NEXT_PAGE = Duration.ofSeconds(40);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration FOUND = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path page;
  private final Duration interval;
  private long froze;
  private double last;
  private String verdict = "";

  /** Something that is done to the fake. */
  @FunctionalInterface
  interface Deed {

    /** Does it. */
    void run() throws Exception;
  }

  /**
   * @param page the exporter's textfile
   * @param interval between two of its pages
   */
  RowWatch(Path page, Duration interval) {
    this.page = page;
    this.interval = interval;
  }

  /** Waits for a page of now, on which all is well. */
  void begin() {
    double now = System.currentTimeMillis() / 1e3;
    await("a page of the new server")
        .atMost(START)
        .pollInterval(POLL)
        .until(this::sight, sight -> sight.at() > now && sight.up() && sight.sees());
    assertThat(next().duration()).as("the stall before anything happened").isZero();
  }

  /** The deed that makes it freeze. */
  void freezes(Deed deed) throws Exception {
    froze = System.nanoTime();
    deed.run();
  }

  Duration sinceFreeze() {
    return Duration.ofNanos(System.nanoTime() - froze);
  }

  /** For so long the state is there, and is not taken for a freeze; returns the last page. */
  Sight isNotFrozen(Duration time, Check check) throws Exception {
    long began = System.nanoTime();
    Sight sight = next();
    for (int pages = 1; System.nanoTime() - began < time.toNanos() || pages < 3; pages++) {
      assertThat(sight.frozen()).as("taken for a freeze: %s", sight).isFalse();
      check.look(sight);
      sight = next();
    }
    assertThat(sight.frozen()).as("taken for a freeze: %s", sight).isFalse();
    check.look(sight);
    verdict = "healthy for %d s; at the end %s".formatted(time.toSeconds(), sight);
    return sight;
  }

  /**
   * It is found, not before its threshold and for its reason, while the state is there.
   *
   * @param threshold that applies, at least
   * @param other that does not: the next longer one
   */
  void isFrozen(StallReason reason, Duration threshold, Duration other, Check check)
      throws Exception {
    Sight sight = next();
    for (; !sight.frozen(); sight = next()) {
      check.look(sight);
      assertThat(sinceFreeze()).as("not found: %s%n%s", sight, sight.page()).isLessThan(FOUND);
    }
    Duration after = sinceFreeze();
    check.look(sight);
    assertThat(sight.reason()).isEqualTo(reason.label());
    assertThat(sight.threshold()).isBetween(threshold.toMillis() / 1e3, other.toMillis() / 1e3);
    // The clock may have started at the look before the freeze.
    assertThat(after.plus(interval)).isGreaterThan(threshold);
    verdict = "found after %.1f s: %s".formatted(after.toMillis() / 1e3, sight);
  }

  /** The next page that the exporter writes. */
  Sight next() {
    Sight sight =
        await("the next page")
            .atMost(NEXT_PAGE)
            .pollInterval(POLL)
            .until(this::sight, page -> page.at() > last);
    last = sight.at();
    return sight;
  }

  /** What came of the row. */
  String verdict() {
    return verdict;
  }

  private Sight sight() throws IOException {
    return Sight.of(Files.exists(page) ? Files.readString(page) : "");
  }
}
