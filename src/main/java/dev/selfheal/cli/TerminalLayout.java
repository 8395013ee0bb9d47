package dev.selfheal.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Log lines for a terminal: time in UTC, level, message, and the stack of a failure. */
final class TerminalLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    String time = TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    String level = String.format(Locale.ROOT, "%-5s", event.getLevel());
    String line = time + " " + level + " " + JournalLayout.oneLine(event.getFormattedMessage());
    return event.getThrowableProxy() == null
        ? line + "\n"
        : line + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
