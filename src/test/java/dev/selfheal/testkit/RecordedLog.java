package dev.selfheal.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The lines that a package has logged, from INFO on, since this was opened, as {@code LEVEL
 * message}.
 */
public final class RecordedLog implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level before;
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  /**
   * @param logger a package, or a class
   */
  public RecordedLog(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
    this.before = this.logger.getLevel();
    this.logger.setLevel(Level.INFO);
    events.start();
    this.logger.addAppender(events);
  }

  /** All lines so far, oldest first. */
  public List<String> lines() {
    return List.copyOf(events.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** The lines that hold these words. */
  public List<String> lines(String words) {
    return lines().stream().filter(line -> line.contains(words)).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setLevel(before);
  }
}
