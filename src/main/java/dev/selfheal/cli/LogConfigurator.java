package dev.selfheal.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Sets up the log, on the standard error. Logback finds it as a service. In code rather than XML:
 * reading that costs a start 0.2 s and some megabytes that never come back.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  private static final String TESTS = "logback-test.xml";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (LogConfigurator.class.getClassLoader().getResource(TESTS) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender(context));
    context.getLogger("dev.selfheal").setLevel(Level.INFO);
    // Its failures are told in our own words, once.
    context.getLogger("io.javalin").setLevel(Level.OFF);
    // It quotes the headers of whoever sends a broken request, secrets among them.
    context.getLogger("org.eclipse.jetty.http").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
    // systemd sets it where the journal listens (systemd.exec(5)).
    boolean journal = System.getenv("JOURNAL_STREAM") != null;
    LayoutBase<ILoggingEvent> layout = journal ? new JournalLayout() : new TerminalLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
