package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final StringWriter written = new StringWriter();
  private long now;
  private final Time time = new Time(Clock.systemUTC(), () -> now, pause -> now += pause.toNanos());
  private final Screen screen = new Screen(new PrintWriter(written), false, () -> now);
  private boolean broken;

  @Test
  void returnsWhatWasFoundAsSoonAsItIsThere() throws Exception {
    Duration found = watch().until(awaited(), () -> now >= 3e9 ? Duration.ofNanos(now) : null);
    assertThat(found).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void tellsWhatDidNotHappenHowFarItWasAndWhereToLook() {
    assertThatThrownBy(() -> watch().until(awaited(), () -> null))
        .isInstanceOfSatisfying(
            DemoFailed.class,
            e -> {
              assertThat(e.sentence())
                  .isEqualTo(
                      "within 45 s it did not happen that it thaws (last seen: at 45.0 s):"
                          + " look at the freezer's log");
              assertThat(e.exitCode()).isEqualTo(1);
            });
    assertThat(now).isEqualTo(Duration.ofSeconds(45).toNanos());
  }

  @Test
  void whatCannotBeSeenNowMayBeSeenLaterAndIsToldIfNot() {
    assertThatThrownBy(
            () ->
                watch()
                    .until(
                        awaited(),
                        () -> {
                          throw new IOException("/api/v1/targets answers 503");
                        }))
        .hasMessageContaining("(last seen: /api/v1/targets answers 503)");
  }

  @Test
  void aProgramThatEndsEndsTheWaitingAtOnce() {
    broken = true;
    assertThatThrownBy(() -> watch().until(awaited(), () -> null))
        .hasMessage("the exporter has ended");
    assertThat(now).isZero();
  }

  @Test
  void showsHowFarItIs() throws Exception {
    watch().until(awaited(), () -> now >= 15e9 ? true : null);
    assertThat(written.toString()).isEqualTo("  10.0 s             waiting    at 10.0 s\n");
  }

  @Test
  void whatMustGoOnIsLookedAtAllTheTime() {
    assertThatThrownBy(
            () ->
                watch()
                    .pass(
                        Duration.ofSeconds(9),
                        "whether it stays so",
                        () -> {
                          if (now > 5e9) {
                            throw DemoFailed.notShown("it was restarted");
                          }
                        }))
        .hasMessage("it was restarted");
    assertThat(now).isBetween(5_000_000_000L, 5_200_000_000L);
  }

  private Watch watch() {
    return new Watch(
        time,
        screen,
        () -> {
          if (broken) {
            throw DemoFailed.notShown("the exporter has ended");
          }
        });
  }

  private Awaited awaited() {
    return new Awaited(
        "it thaws", Duration.ofSeconds(45), "the freezer's log", () -> "at " + now / 1e9 + " s");
  }
}
