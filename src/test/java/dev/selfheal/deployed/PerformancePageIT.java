package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.DocPage;
import dev.selfheal.testkit.ToolRun;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/performance.md} has its reader type measures; here for a second a run. */
class PerformancePageIT {
  /** The one at its top, and one further down. */
  private static final List<String> SECTIONS = List.of("", "The exporter");

  private static final Duration LIMIT = Duration.ofMinutes(4);

  static Stream<String> commands() {
    return DocPage.of("docs/performance.md").commands().stream()
        .filter(command -> SECTIONS.contains(command.section()))
        .map(DocPage.Command::text);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachScriptThatThePageNamesMeasures(String command) {
    String quick = "WARM_UP=5 " + command.replaceFirst("[.]sh \\d+", ".sh 1");
    assertThat(quick).contains(".sh 1");
    ToolRun run = ToolRun.typed(quick, LIMIT);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).containsPattern("[1-9]\\d* MB");
  }
}
