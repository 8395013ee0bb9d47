package dev.selfheal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads secrets from the files that hold them. */
public final class Secrets {
  /** Far more than any token or hash; what is larger is the wrong file. */
  private static final int MOST_BYTES = 4096;

  private Secrets() {}

  /**
   * The one line of the file, without its line break.
   *
   * @throws IOException when the file cannot be read, is empty, or holds more than one line; the
   *     message says which, and never what the file holds
   */
  public static Secret read(Path file) throws IOException {
    String line = content(file).replaceFirst("\\r?\\n$", "");
    if (line.isBlank()) {
      throw new IOException(file + " is empty; write the secret into it");
    }
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw new IOException(file + " must hold a single line");
    }
    return new Secret(line);
  }

  private static String content(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + " is not a file that this user may read");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not text in UTF-8", e);
    }
  }
}
