package dev.selfheal.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.testkit.DebianProgram;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Debian that machines boot: made once per host, outside the work tree, and never written to.
 */
final class Rootfs {
  private static @Nullable Path path;

  private Rootfs() {}

  /**
   * Where it is; made if it is missing, which takes minutes.
   *
   * @throws AssertionError if this host cannot boot machines, saying what to do
   */
  static synchronized Path path() {
    Path known = path;
    if (known == null) {
      known = make();
      path = known;
    }
    return known;
  }

  private static Path make() {
    requireRoot(uid());
    Stream.of(
            DebianProgram.NSPAWN,
            DebianProgram.NSENTER,
            DebianProgram.UNSHARE,
            DebianProgram.IP,
            DebianProgram.DEBOOTSTRAP)
        .forEach(DebianProgram::path);
    Cgroup.sweep();
    return Path.of(printed());
  }

  /** Fails unless this is the user id of root, and says how to go on. */
  static void requireRoot(int uid) {
    if (uid != 0) {
      throw new AssertionError(
          "Only root can boot a machine with systemd. Run all tests as root (sudo sh"
              + " src/dev/test.sh), or all but these: mvn verify"
              + " '-Dit.test=!dev.selfheal.machine.*IT'");
    }
  }

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new AssertionError("/proc is not mounted", e);
    }
  }

  /** The script gets this process's environment: that of the cache's folder and of a proxy. */
  private static String printed() {
    try {
      Process script =
          new ProcessBuilder(List.of("sh", "src/dev/rootfs.sh"))
              .redirectInput(Ran.NOTHING)
              .redirectError(Redirect.INHERIT)
              .start();
      String path = new String(script.getInputStream().readAllBytes(), UTF_8).strip();
      if (script.waitFor() != 0) {
        throw new AssertionError("sh src/dev/rootfs.sh made no Debian to boot; it says why above");
      }
      return path;
    } catch (IOException e) {
      throw new AssertionError("sh src/dev/rootfs.sh cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
