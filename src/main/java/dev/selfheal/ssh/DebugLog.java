package dev.selfheal.ssh;

import com.jcraft.jsch.Logger;
import dev.selfheal.child.Plain;
import org.slf4j.LoggerFactory;

/** What JSch has to say, for those who ask for it: some of it comes from the other side. */
final class DebugLog implements Logger {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(DebugLog.class);
  private static final int MOST = 300;

  @Override
  public boolean isEnabled(int level) {
    return LOG.isDebugEnabled();
  }

  @Override
  public void log(int level, String message) {
    LOG.debug("{}", Plain.line(message, MOST));
  }

  @Override
  public void log(int level, String message, Throwable cause) {
    log(level, message + ": " + cause);
  }
}
