package dev.selfheal.exporter;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is replaced as a whole: whoever reads it sees the old text or the new, never a part.
 * After a loss of power either may be there.
 *
 * @param path the file
 * @param permissions its permissions, whatever the umask
 */
record AtomicFile(Path path, Set<PosixFilePermission> permissions) {
  static final Set<PosixFilePermission> FOR_EVERYBODY =
      PosixFilePermissions.fromString("rw-r--r--");
  static final Set<PosixFilePermission> FOR_ITS_OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** Puts this text in the place of the old. */
  void replace(String text) throws IOException {
    Path next = next();
    try {
      // What is left of a crash, or was put in the way, goes first; nothing is written through it.
      Files.deleteIfExists(next);
      Files.write(
          next,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(next, permissions);
      Files.move(next, path, ATOMIC_MOVE);
    } catch (IOException e) {
      discard(next, e);
      throw e;
    }
  }

  /** Removes what a crash may have left beside the file. */
  void tidy() throws IOException {
    Files.deleteIfExists(next());
  }

  /** In the same folder, because a rename is atomic only there, and with a suffix of its own. */
  private Path next() {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  private static void discard(Path next, IOException reason) {
    try {
      Files.deleteIfExists(next);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
