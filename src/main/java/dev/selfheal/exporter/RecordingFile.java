package dev.selfheal.exporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;

/**
 * The file of a recording: lines for its owner alone, compressed if its name ends in {@code .gz}. A
 * line is on its way to the disk when it was written, whatever becomes of the program.
 */
final class RecordingFile implements AutoCloseable {
  private final OutputStream out;

  /** Writes lines to this. */
  RecordingFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Makes the file.
   *
   * @throws IOException if it exists or cannot be made; the message says what to do
   */
  static RecordingFile create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      // Not a channel: an interrupt, which ends a round, would close it.
      OutputStream out = new FileOutputStream(file.toFile());
      return new RecordingFile(
          file.toString().endsWith(".gz")
              ? new GZIPOutputStream(out, 1 << 13, /* syncFlush= */ true)
              : out);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("--record: " + file + " exists already: name a new file", e);
    } catch (NoSuchFileException e) {
      throw new IOException("--record: the folder of " + file + " does not exist: make it", e);
    } catch (IOException e) {
      throw new IOException(
          "--record: " + file + " cannot be written: name a file where this user may write", e);
    }
  }

  void write(String line) throws IOException {
    out.write((line + "\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
