package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** One running {@code journalctl} and the task that reads it. */
final class JournalChild implements AutoCloseable {
  private static final int BUFFER = 32 << 10;
  private static final int LONGEST_NOTICE = 512;

  /** Nothing is inherited, because this process's environment may hold secrets. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "LANG", "C.UTF-8");

  private final Process process;
  private final LogTray tray;

  // What it said of itself, which is never a line of the log.
  private volatile String notice = "";
  private volatile boolean showsEntries;

  private JournalChild(Process process, LogTray tray) {
    this.process = process;
    this.tray = tray;
  }

  /**
   * Starts it.
   *
   * @param reader runs one task for as long as the child lives
   * @throws IOException if the program cannot be started
   * @throws RejectedExecutionException if the reader takes no task; then nothing runs
   */
  static JournalChild start(List<String> argv, LogTray tray, Executor reader) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    JournalChild child = new JournalChild(builder.start(), tray);
    try {
      reader.execute(child::listen);
      return child;
    } catch (RejectedExecutionException e) {
      child.close();
      throw e;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended. */
  int status() {
    return process.exitValue();
  }

  /** The first notices of the tool itself, such as that it may not read; empty if there is none. */
  String notice() {
    return notice;
  }

  /** Whether it told that it may not read, and indeed has shown nothing. */
  boolean isRefused() {
    return !showsEntries
        && (notice.contains("not seeing messages")
            || notice.contains("insufficient permissions")
            || notice.contains("Permission denied"));
  }

  /** Kills it and what it has started. The reader's task ends soon after. */
  @Override
  public void close() {
    try (Stream<ProcessHandle> started = process.descendants()) {
      started.forEach(ProcessHandle::destroyForcibly);
    }
    process.toHandle().destroyForcibly();
  }

  private void listen() {
    byte[] buffer = new byte[BUFFER];
    LineCutter cutter = new LineCutter(this::line);
    try (InputStream pipe = process.getInputStream()) {
      for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
        cutter.add(buffer, count);
      }
    } catch (IOException e) {
      // It is gone; that is seen, and told, by who looks at the process.
    }
  }

  private void line(byte[] bytes, int from, int to) {
    if (JournalLines.isEntry(bytes, from, to)) {
      showsEntries = true;
      tray.read(JournalLines.message(bytes, from, to));
    } else if (notice.length() < LONGEST_NOTICE) {
      int length = Math.min(to - from, LONGEST_NOTICE);
      notice = notice + new String(bytes, from, length, ISO_8859_1) + "\n";
    }
  }
}
