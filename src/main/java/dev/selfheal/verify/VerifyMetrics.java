package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.verdict.PromText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The page of metrics that the rules read: which checks hold for each target, and when all of them
 * last did.
 *
 * @param path in node_exporter's folder
 */
public record VerifyMetrics(Path path) {
  private static final String CHECK = "selfheal_deployment_check";
  private static final String VERIFIED = "selfheal_deployment_verified_timestamp_seconds";

  /**
   * Replaces the page in one step. A target that is not good now keeps the time when it last was.
   *
   * @param targets the names of all targets
   * @throws IOException if the file cannot be written
   */
  public void write(VerifyReport report, List<String> targets) throws IOException {
    String text = page(report, targets, old());
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(next); // left of a crash, or put in the way
    Files.writeString(next, text, UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private PromText old() {
    try {
      return PromText.parse(Files.readString(path, UTF_8));
    } catch (IOException e) {
      return PromText.parse(""); // the first run, or nothing that could be kept
    }
  }

  /** The page's text. */
  static String page(VerifyReport report, List<String> targets, PromText old) {
    StringBuilder page = new StringBuilder();
    head(page, CHECK, "Whether a link of the deployed chain held at the last verification.");
    for (String target : targets) {
      for (Finding finding : report.findings()) {
        if (finding.concerns(target) && !(finding.result() instanceof CheckResult.NotApplicable)) {
          String check = finding.name().word();
          int value = finding.failed() ? 0 : 1;
          page.append("%s{target=\"%s\",check=\"%s\"} %d\n".formatted(CHECK, target, check, value));
        }
      }
    }
    head(page, VERIFIED, "When all links that a target needs last held at once.");
    for (String target : targets) {
      OptionalDouble last = last(report, target, old);
      last.ifPresent(at -> page.append("%s{target=\"%s\"} %.3f\n".formatted(VERIFIED, target, at)));
    }
    return page.toString();
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
