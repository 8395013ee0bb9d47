package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyReportTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void namesTheBrokenLinkAndNotWhatHangsOnIt() {
    VerifyReport report =
        report(
            failed(CheckName.LEDGER, ""),
            failed(CheckName.ROUTE, ""),
            failed(CheckName.RECEIVER, ""));
    assertThat(VerifiedChain.broken(report)).containsExactly("receiver");
    assertThat(report.findings().get(1).result().seen())
        .isEqualTo("follows from receiver, mend that first: it is broken");
  }

  @Test
  void aHostsTroubleExplainsNothingOfAnotherHost() {
    VerifyReport report = report(failed(CheckName.SSH, "a"), failed(CheckName.TARGET_UNIT, "b"));
    assertThat(VerifiedChain.broken(report)).containsExactly("ssh a", "target_unit b");
  }

  @Test
  void twoLinksThatBreakByThemselvesAreBothNamed() {
    VerifyReport report =
        report(
            failed(CheckName.SERVED, "a"),
            failed(CheckName.NODE_EXPORTER, "a"),
            failed(CheckName.SCRAPE, "a"),
            failed(CheckName.TEXTFILE, "a"));
    assertThat(VerifiedChain.broken(report)).containsExactly("textfile a", "node_exporter a");
  }

  @Test
  void aLinkThatHoldsIsToldAlthoughOneBeforeItIsBroken() {
    VerifyReport report = report(failed(CheckName.RECEIVER_UNIT, ""), ok(CheckName.RECEIVER, ""));
    assertThat(report.findings().get(1).result()).isInstanceOf(Ok.class);
  }

  @Test
  void problemsComeFirstAndWhatCouldNotBeSeenLast() {
    VerifyReport report =
        report(
            new Finding(CheckName.RECEIVER_UNIT, "", new NotApplicable("no systemd")),
            ok(CheckName.RECEIVER, ""),
            failed(CheckName.RULES, ""));
    assertThat(report.findings().stream().map(Finding::name))
        .containsExactly(CheckName.RULES, CheckName.RECEIVER, CheckName.RECEIVER_UNIT);
  }

  @Test
  void whatConcernsAllTargetsSpoilsEach() {
    VerifyReport report = report(failed(CheckName.RULES, ""), failed(CheckName.SSH, "a"));
    assertThat(report.good("b")).isFalse();
    assertThat(report(failed(CheckName.SSH, "a")).good("b")).isTrue();
  }

  static VerifyReport report(Finding... findings) {
    return new VerifyReport(NOW, List.of(findings));
  }

  static Finding ok(CheckName name, String target) {
    return new Finding(name, target, new Ok("it holds"));
  }

  static Finding failed(CheckName name, String target) {
    return new Finding(name, target, new Failed("it is broken", "mend it"));
  }
}
