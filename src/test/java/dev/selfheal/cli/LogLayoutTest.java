package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLayoutTest {

  @ParameterizedTest
  @CsvSource({"ERROR, <3>", "WARN, <4>", "INFO, <6>", "DEBUG, <7>", "TRACE, <7>"})
  void theJournalReadsThePriorityAtTheStartOfTheLine(String level, String priority) {
    assertThat(new JournalLayout().doLayout(event(level, "restarted", null)))
        .isEqualTo(priority + "restarted\n");
  }

  @Test
  void theJournalGetsOneLineForAFailureWithItsStack() {
    String line =
        new JournalLayout().doLayout(event("ERROR", "a\r\n  b", new IllegalStateException("why")));
    assertThat(line).startsWith("<3>a | b | java.lang.IllegalStateException: why | at ");
    assertThat(line.strip()).doesNotContain("\n");
  }

  @Test
  void aTerminalShowsTheTimeInUtc() {
    assertThat(new TerminalLayout().doLayout(event("WARN", "one\ntwo", null)))
        .isEqualTo("2026-11-22T03:04:05.678Z WARN  one | two\n");
  }

  @Test
  void aTerminalShowsTheStackOfAFailure() {
    assertThat(
            new TerminalLayout()
                .doLayout(event("ERROR", "broken", new IllegalStateException("why"))))
        .contains("broken\njava.lang.IllegalStateException: why")
        .contains("\tat dev.selfheal.cli.LogLayoutTest");
  }

  private static ILoggingEvent event(String level, String message, @Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            LogLayoutTest.class.getName(),
            context.getLogger("dev.selfheal.test"),
            Level.toLevel(level),
            message,
            failure,
            null);
    event.setInstant(Instant.parse("2026-11-22T03:04:05.678Z"));
    return event;
  }
}
