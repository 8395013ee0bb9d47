package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of node_exporter to a textfile: from its own folder, by a link if the file lies
 * elsewhere, through folders that everybody may pass. Node_exporter's user is not known, so what
 * counts are the rights that everybody has.
 *
 * @param folder where it reads; null if that is not to be seen
 */
record TextfileWay(@Nullable Path folder) {

  /** What is in the way; empty if nothing is. */
  Optional<CheckResult> obstacle(Path textfile) {
    try {
      Path real = textfile.toRealPath();
      Optional<CheckResult> closed = closed(real);
      return closed.isPresent() || folder == null ? closed : unlinked(folder, textfile, real);
    } catch (IOException e) {
      return Optional.empty(); // that it cannot be read is told already
    }
  }

  private static Optional<CheckResult> closed(Path real) throws IOException {
    if (!Files.getPosixFilePermissions(real).contains(PosixFilePermission.OTHERS_READ)) {
      return Optional.of(
          new Failed(real + " may not be read by node_exporter's user", "chmod 644 " + real));
    }
    for (Path at = real.getParent(); at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Optional.of(
            new Failed(
                at + " may not be entered by node_exporter's user, and the textfile lies in it",
                "chmod o+x " + at));
      }
    }
    return Optional.empty();
  }

  private static Optional<CheckResult> unlinked(Path folder, Path textfile, Path real) {
    String mend = "ln -s " + textfile + " " + folder + "/";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.prom")) {
      for (Path file : files) {
        if (Files.exists(file) && file.toRealPath().equals(real)) {
          return Optional.empty();
        }
      }
      return Optional.of(new Failed("nothing in " + folder + " leads to " + textfile, mend));
    } catch (IOException e) {
      return Optional.of(
          new Failed(
              folder
                  + ", where node_exporter looks for textfiles, cannot be read: "
                  + e.getClass().getSimpleName(),
              "set verify.node_exporter_textfile_folder to the folder of"
                  + " --collector.textfile.directory; then "
                  + mend));
    }
  }
}
