package dev.selfheal.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

/**
 * Log lines for journald, which takes the priority from the number at the start of a line
 * (sd-daemon(3)), so each event is one line.
 */
final class JournalLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    line.append('<').append(priority(event.getLevel())).append('>');
    line.append(oneLine(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      line.append(" | ").append(oneLine(ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
    return line.append('\n').toString();
  }

  /** The text with its lines one after the other, which also keeps a log line from being forged. */
  static String oneLine(String text) {
    return text.strip().replaceAll("[\\r\\n]+\\s*", " | ");
  }

  private static int priority(Level level) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return 3;
    }
    if (level.isGreaterOrEqual(Level.WARN)) {
      return 4;
    }
    return level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
  }
}
