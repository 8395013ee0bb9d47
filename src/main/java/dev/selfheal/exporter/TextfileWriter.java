package dev.selfheal.exporter;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the page where node_exporter's textfile collector finds it. Each page replaces the one
 * before in one step, and may be read by everybody.
 */
public final class TextfileWriter {

  /** Where the page goes unless something else is configured. */
  public static final Path DEFAULT = Path.of("/run/selfheal-exporter/ollama.prom");

  private static final String FOLDERS =
      "node_exporter of Debian reads /var/lib/prometheus/node-exporter, upstream's guides use"
          + " /var/lib/node_exporter/textfile_collector";

  private final AtomicFile file;

  private TextfileWriter(AtomicFile file) {
    this.file = file;
  }

  /** The page cannot be written there; the message is one line that says what to do. */
  public static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /**
   * Checks that a file can be written, and removes what a crash left beside it.
   *
   * @param path an absolute path; the file need not exist, its folder must
   */
  public static TextfileWriter open(Path path) throws UnusableException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UnusableException(
          "exporter.textfile: the folder " + folder + " does not exist: " + remedy(path));
    }
    AtomicFile file = new AtomicFile(path.toAbsolutePath(), AtomicFile.FOR_EVERYBODY);
    if (!Files.isWritable(folder) || Files.isDirectory(path)) {
      throw unwritable(path, "not permitted");
    }
    try {
      file.tidy();
    } catch (IOException e) {
      throw unwritable(path, reason(e));
    }
    return new TextfileWriter(file);
  }

  /** Puts this page in the place of the last. */
  public void write(String page) throws UnusableException {
    try {
      file.replace(page);
    } catch (IOException e) {
      throw unwritable(file.path(), reason(e));
    }
  }

  private static UnusableException unwritable(Path path, String reason) {
    return new UnusableException(
        "exporter.textfile: this user cannot write %s (%s): let it write to the folder, or name another; %s"
            .formatted(path, reason, FOLDERS));
  }

  private static String remedy(Path path) {
    return path.equals(DEFAULT)
        ? "the unit selfheal-exporter.service makes it (RuntimeDirectory=selfheal-exporter); to run"
            + " by hand, set exporter.textfile; "
            + FOLDERS
        : "create it, or name another; " + FOLDERS;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "not permitted"
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
