package dev.selfheal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped rules before Debian's promtool. */
class RulesIT {

  @Test
  void promtoolFindsNothingWrongWithTheRules() {
    assertPasses(
        ToolRun.promtool("check", "rules", "--lint=all", "--lint-fatal", "" + RuleFile.RULES));
  }

  @TestFactory
  Stream<DynamicTest> theAlertsFireWhenTheyShouldAndAreSilentOtherwise() {
    return RuleFile.testFiles().stream()
        .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> test(file)));
  }

  private static void test(Path file) {
    assertPasses(ToolRun.promtool("test", "rules", file.toString()));
  }

  private static void assertPasses(ToolRun run) {
    assertThat(run.output()).contains("SUCCESS").doesNotContain("FAILED");
    assertThat(run.exitCode()).isZero();
  }
}
