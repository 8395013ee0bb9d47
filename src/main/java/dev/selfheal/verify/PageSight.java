package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.verdict.PromText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * An exporter's page, as it was read.
 *
 * @param text empty if it could not be read
 * @param written when the file was replaced, by the clock of its host's kernel; the epoch if that
 *     is not known
 * @param trouble why it could not be read; empty if it was
 * @param closed whether it is there, and not for this user
 */
record PageSight(String text, Instant written, String trouble, boolean closed) {

  /** As much as the host agent reads of one. */
  private static final int MOST_BYTES = 256 << 10;

  /** One that could be read. */
  PageSight(String text, Instant written) {
    this(text, written, "", false);
  }

  static PageSight read(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      // Not opened: a pipe would never answer, and a device never end.
      return is.isRegularFile()
          ? read(file, is.lastModifiedTime().toInstant())
          : unreadable(file + " is no regular file");
    } catch (NoSuchFileException e) {
      return unreadable(file + " does not exist");
    } catch (AccessDeniedException e) {
      return new PageSight("", Instant.EPOCH, file + " may not be read by this user", true);
    } catch (CharacterCodingException e) {
      return unreadable(file + " is no text");
    } catch (IOException e) {
      return unreadable(file + " cannot be read: " + e.getMessage());
    }
  }

  private static PageSight read(Path file, Instant written) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? unreadable(file + " is longer than 256 KiB")
          : new PageSight(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), written);
    }
  }

  static PageSight unreadable(String trouble) {
    return new PageSight("", Instant.EPOCH, trouble, false);
  }

  /** When its exporter thinks that it wrote it. */
  Optional<Instant> stamped() {
    double seconds =
        PromText.parse(text).value("selfheal_exporter_last_run_timestamp_seconds").orElse(-1);
    return seconds >= 0 && seconds < 1e11
        ? Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)))
        : Optional.empty();
  }
}
