package dev.selfheal.verify;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the checks of one run have found, problems first.
 *
 * @param at when it was finished, by this machine's clock
 */
public record VerifyReport(Instant at, List<Finding> findings) {
  private static final Comparator<Finding> PROBLEMS_FIRST =
      Comparator.comparing(VerifyReport::rank)
          .thenComparing(Finding::name)
          .thenComparing(Finding::target);

  /** Sorts the findings, and names the failures that only follow from others as such. */
  public VerifyReport {
    List<Finding> all = findings;
    findings = all.stream().map(each -> explained(each, all)).sorted(PROBLEMS_FIRST).toList();
  }

  /** Whether no link is broken. */
  public boolean good() {
    return findings.stream().noneMatch(Finding::failed);
  }

  /** Whether no link that the target needs is broken. */
  boolean good(String target) {
    return findings.stream().noneMatch(each -> each.failed() && each.concerns(target));
  }

  private static int rank(Finding finding) {
    return finding.failed() ? 0 : finding.result() instanceof CheckResult.Ok ? 1 : 2;
  }

  private static Finding explained(Finding finding, List<Finding> all) {
    if (!finding.failed()) {
      return finding;
    }
    Optional<Finding> cause =
        all.stream().filter(other -> other.failed() && explains(other, finding)).findFirst();
    return cause.map(other -> follows(finding, other)).orElse(finding);
  }

  private static boolean explains(Finding cause, Finding finding) {
    return finding.name().causes().contains(cause.name()) && cause.concerns(finding.target());
  }

  private static Finding follows(Finding finding, Finding cause) {
    String what = cause.name().word() + (cause.target().isEmpty() ? "" : " of " + cause.target());
    return new Finding(
        finding.name(),
        finding.target(),
        new CheckResult.NotApplicable(
            "follows from " + what + ", mend that first: " + finding.result().seen()));
  }
}
