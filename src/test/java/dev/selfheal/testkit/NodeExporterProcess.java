package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A real node_exporter of the Debian package that shows nothing but the files of its own textfile
 * folder. Ready when constructed.
 */
public final class NodeExporterProcess implements RealProgram {
  private final OwnFolder folder = new OwnFolder("node-exporter");
  private final Path textfiles = folder.path().resolve("textfiles");
  private final String address = Loopback.freeAddress();
  private RealProcess process;

  /** Starts it on a free port of loopback, and waits until it answers. */
  public NodeExporterProcess() {
    try {
      Files.createDirectory(textfiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = started();
    process.awaitReady(URI.create("http://" + address + "/metrics"));
  }

  private RealProcess started() {
    return RealProcess.start(
        "node_exporter",
        folder.path(),
        List.of(
            DebianProgram.NODE_EXPORTER.path().toString(),
            "--collector.disable-defaults",
            "--collector.textfile",
            "--collector.textfile.directory=" + textfiles,
            "--web.disable-exporter-metrics",
            "--web.listen-address=" + address));
  }

  /** Ends it; its folder and its address stay. */
  public void goDown() {
    process.kill();
  }

  /** Starts it again after {@link #goDown}, and waits until it answers. */
  public void comeBack() {
    process.close();
    process = started();
    process.awaitReady(URI.create("http://" + address + "/metrics"));
  }

  /** HOST:PORT to be scraped. */
  public String address() {
    return address;
  }

  /** Where its textfile collector looks for {@code *.prom}. */
  public Path textfiles() {
    return textfiles;
  }

  /** Replaces a textfile in one step, as its collector demands. */
  public static void replace(Path textfile, String text) {
    try {
      Path next = Files.writeString(Path.of(textfile + ".next"), text);
      Files.move(next, textfile, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
