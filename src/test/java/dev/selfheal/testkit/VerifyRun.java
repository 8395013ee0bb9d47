package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of {@code selfheal verify}, from the jar that is shipped, where systemctl says that all
 * units run.
 *
 * @param output all that it has printed
 */
public record VerifyRun(int exitCode, String output) {
  private static final String JAR = "selfheal.jar";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      case "$*" in
        *--job-mode=triggering*) echo "Failed: --job-mode=triggering is only valid for stop."; exit 1 ;;
        *) printf 'LoadState=loaded\\nActiveState=active\\nUnitFileState=enabled\\nUser=%s\\n' "$(id -un)" ;;
      esac
      """;

  /** Runs it to its end. */
  public static VerifyRun of(Path configuration, String... options) {
    try (OwnFolder folder = new OwnFolder("verify")) {
      Path systemctl = folder.write("systemctl", SYSTEMCTL);
      Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
      return run(folder.path(), configuration, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VerifyRun run(Path folder, Path configuration, String... options) {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("env", "PATH=" + folder + ":" + System.getenv("PATH")));
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    argv.add(Path.of(System.getProperty(JAR, "target/" + JAR)).toAbsolutePath().toString());
    argv.addAll(List.of("verify", "--config.file=" + configuration));
    argv.addAll(List.of(options));
    try (RealProcess process = RealProcess.start("verify", folder, argv)) {
      if (!process.endsWithin(LIMIT)) {
        throw new AssertionError("selfheal verify does not end. So far:\n" + process.log());
      }
      return new VerifyRun(process.exitCode(), process.log());
    }
  }
}
