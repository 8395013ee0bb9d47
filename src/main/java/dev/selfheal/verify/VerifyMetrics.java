package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.verdict.PromText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/**
 * The page of metrics that the rules read: which checks hold for each target, and when all of them
 * last did.
 *
 * @param path in node_exporter's folder
 */
public record VerifyMetrics(Path path) {
  private static final String CHECK = "selfheal_deployment_check";
  private static final String VERIFIED = "selfheal_deployment_verified_timestamp_seconds";
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  /**
   * Replaces the page in one step. A target that is not good now keeps the time when it last was.
   *
   * @param targets the names of all targets
   * @throws IOException if the file cannot be written
   */
  public void write(VerifyReport report, List<String> targets) throws IOException {
    String text = page(report, targets, old());
    // A name that nobody can foresee, and never a right given by name: the folder may be another's.
    Path next = folder().resolve("." + path.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      create(next, text);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next); // there only if this has failed
    }
  }

  private Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  private static void create(Path file, String text) throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    ByteBuffer bytes = UTF_8.encode(text);
    try (SeekableByteChannel out =
        Files.newByteChannel(file, anew, PosixFilePermissions.asFileAttribute(READABLE))) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    // What the umask has taken away; a link in the file's place is not followed.
    Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(READABLE);
  }

  private PromText old() {
    return PromText.parse(PageSight.read(path).text()); // empty if nothing could be kept
  }

  /** The page's text. */
  static String page(VerifyReport report, List<String> targets, PromText old) {
    StringBuilder page = new StringBuilder();
    head(page, CHECK, "Whether a link of the deployed chain held at the last verification.");
    for (String target : targets) {
      values(report, target)
          .forEach(
              (check, value) ->
                  page.append(
                      "%s{target=\"%s\",check=\"%s\"} %d\n"
                          .formatted(CHECK, target, check.word(), value)));
    }
    head(page, VERIFIED, "When all links that a target needs last held at once.");
    for (String target : targets) {
      OptionalDouble last = last(report, target, old);
      last.ifPresent(at -> page.append("%s{target=\"%s\"} %.3f\n".formatted(VERIFIED, target, at)));
    }
    return page.toString();
  }

  /**
   * One value for each check, the worst: a clock of the chain and the target's are both "clock".
   */
  private static Map<CheckName, Integer> values(VerifyReport report, String target) {
    Map<CheckName, Integer> values = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      if (finding.concerns(target) && !(finding.result() instanceof CheckResult.NotApplicable)) {
        values.merge(finding.name(), finding.failed() ? 0 : 1, Math::min);
      }
    }
    return values;
  }

  private static OptionalDouble last(VerifyReport report, String target, PromText old) {
    return report.good(target)
        ? OptionalDouble.of(report.at().toEpochMilli() / 1000.0)
        : old.value(VERIFIED, "target", target);
  }

  private static void head(StringBuilder page, String metric, String help) {
    page.append("# HELP %1$s %2$s\n# TYPE %1$s gauge\n".formatted(metric, help));
  }
}
