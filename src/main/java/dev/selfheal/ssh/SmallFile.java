package dev.selfheal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is read as a whole. */
final class SmallFile {
  private SmallFile() {}

  /**
   * The bytes of a file.
   *
   * @throws IOException with a message that names the file and says what is wrong with it
   */
  static byte[] read(Path file, int most) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(file + " is not a file that this user may read");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(file + " is larger than " + most + " bytes");
      }
      return bytes;
    }
  }
}
