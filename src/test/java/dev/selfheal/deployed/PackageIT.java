package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debian's and systemd's own checkers make of the package. */
class PackageIT {

  @Test
  void lintianFindsNoError() {
    ToolRun run = ToolRun.lintian("--allow-root", "--fail-on", "error", Deb.path().toString());
    assertThat(run.output()).doesNotContain("E: ");
    assertThat(run.exitCode()).isZero();
  }

  /** 20 means an exposure of 2.0, where 10.0 is a service that may do anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {"selfheal.service", "selfheal-exporter.service", "selfheal-exporter@.service"})
  void aServiceMayDoLittle(String unit) {
    String file = Path.of("systemd", unit).toAbsolutePath().toString();
    ToolRun run = ToolRun.systemdAnalyze("security", "--offline=true", "--threshold=20", file);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
