package dev.selfheal.verify;

import static dev.selfheal.verify.VerifyReportTest.failed;
import static dev.selfheal.verify.VerifyReportTest.ok;
import static dev.selfheal.verify.VerifyReportTest.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.verify.CheckResult.NotApplicable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyMetricsTest {
  private static final List<String> TARGETS = List.of("a", "b");

  @TempDir Path folder;

  @Test
  void eachTargetHasItsOwnChecksAndThoseOfAll() throws IOException {
    assertThat(
            write(
                ok(CheckName.RULES, ""),
                failed(CheckName.SSH, "b"),
                new Finding(CheckName.LEDGER, "", new NotApplicable("not seen"))))
        .isEqualTo(
            """
            # HELP selfheal_deployment_check Whether a link of the deployed chain held at the last verification.
            # TYPE selfheal_deployment_check gauge
            selfheal_deployment_check{target="a",check="rules"} 1
            selfheal_deployment_check{target="b",check="ssh"} 0
            selfheal_deployment_check{target="b",check="rules"} 1
            # HELP selfheal_deployment_verified_timestamp_seconds When all links that a target needs last held at once.
            # TYPE selfheal_deployment_verified_timestamp_seconds gauge
            selfheal_deployment_verified_timestamp_seconds{target="a"} 1795341600.000
            """);
  }

  @Test
  void aTargetThatIsNotGoodNowKeepsItsLastSuccess() throws IOException {
    Files.writeString(
        file(), "selfheal_deployment_verified_timestamp_seconds{target=\"b\"} 1795000000.5\n");
    assertThat(write(failed(CheckName.SSH, "b")))
        .contains("seconds{target=\"b\"} 1795000000.500\n")
        .contains("seconds{target=\"a\"} 1795341600.000\n");
  }

  @Test
  void everybodyMayReadTheFileAndNothingElseIsLeft() throws IOException {
    write(ok(CheckName.RULES, ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r--r--");
    assertThat(folder).isDirectoryContaining(file()::equals).isDirectoryNotContaining("glob:**new");
  }

  @Test
  void aCheckOfAllAndOneOfTheTargetOfTheSameNameAreOneSeriesWithTheWorseValue() throws IOException {
    String page = write(ok(CheckName.CLOCK, ""), failed(CheckName.CLOCK, "b"));
    assertThat(page.lines().map(line -> line.replaceFirst(" [^ ]*$", "")).toList())
        .filteredOn(line -> !line.startsWith("#"))
        .doesNotHaveDuplicates();
    assertThat(page)
        .contains("{target=\"a\",check=\"clock\"} 1\n")
        .contains("{target=\"b\",check=\"clock\"} 0\n");
  }

  @Test
  void whatLiesInTheWayIsReplacedAndNoLinkIsFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(file(), secret);
    Files.createSymbolicLink(folder.resolve("verify.prom.new"), secret);
    assertThat(write(ok(CheckName.RULES, ""))).contains("rules");
    assertThat(secret).hasContent("x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void aPageThatCannotTakeItsPlaceLeavesNothingBehind() throws IOException {
    Files.createDirectories(file().resolve("full"));
    assertThatThrownBy(() -> write(ok(CheckName.RULES, ""))).isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file());
    }
  }

  private String write(Finding... findings) throws IOException {
    new VerifyMetrics(file()).write(report(findings), TARGETS);
    return Files.readString(file());
  }

  private Path file() {
    return folder.resolve("verify.prom");
  }
}
