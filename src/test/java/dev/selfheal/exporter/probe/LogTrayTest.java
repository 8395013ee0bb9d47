package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.LoadStarted;
import dev.selfheal.exporter.sample.LogEvent.Progress;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.LogEvent.RunnerSpoke;
import dev.selfheal.exporter.sample.LogEvents;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTrayTest {
  private static final LogEvent DONE = new Completed(200, Route.EMBEDDING);

  private final LogTray tray = new LogTray(Tape.NONE);

  private void add(LogEvent... events) {
    for (LogEvent event : events) {
      tray.add(Optional.of(event));
    }
  }

  @Test
  void isEmptyAfterItWasEmptied() {
    add(DONE);
    tray.add(Optional.empty());
    assertThat(tray.empty()).isEqualTo(new LogEvents(List.of(DONE), 2));
    assertThat(tray.empty()).isEqualTo(LogEvents.NONE);
  }

  @Test
  void holdsARepetitionOnlyWhereItTellsSomething() {
    add(new Progress(), new RunnerSpoke(), new Progress(), new RunnerSpoke());
    add(DONE, DONE, new LoadStarted(), new Progress(), new Progress());
    assertThat(tray.empty())
        .isEqualTo(
            new LogEvents(
                List.of(
                    new Progress(),
                    new RunnerSpoke(),
                    DONE,
                    DONE,
                    new LoadStarted(),
                    new Progress()),
                9));
    add(new Progress(), new RunnerSpoke());
    assertThat(tray.empty().events()).hasSize(2);
  }

  @Test
  void aFloodPushesTheOldestOutAndIsCounted() {
    add(new LoadStarted());
    for (int i = 0; i < 100_000; i++) {
      add(DONE);
    }
    add(new LoadStarted());
    LogEvents all = tray.empty();
    assertThat(all.lines()).isEqualTo(100_002);
    assertThat(all.events()).hasSize(LogTray.MOST).first().isEqualTo(DONE);
    assertThat(all.events()).last().isEqualTo(new LoadStarted());
  }
}
