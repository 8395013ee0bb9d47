package dev.selfheal.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives the demo, however that ends, kill -9 included: when its standard input
 * ends it kills whatever still bears the demo's folder on its command line, and removes the folder.
 */
final class Undertaker implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Path folder;
  private final Process process;

  private Undertaker(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Starts it for this folder, before anything else is started there. */
  static Undertaker of(Path folder) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-c", Shipped.text("undertaker.sh"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // Not as an argument: it looks for command lines that hold it.
    shell.environment().put("SELFHEAL_DEMO_FOLDER", folder.toString());
    return new Undertaker(folder, shell.start());
  }

  /** What it removes. */
  Path folder() {
    return folder;
  }

  /** Lets it do its work, and waits for it. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("what the demo left behind is still being removed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
