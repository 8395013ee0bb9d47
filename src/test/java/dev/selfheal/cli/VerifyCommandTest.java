package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.verify.CheckName;
import dev.selfheal.verify.CheckResult;
import dev.selfheal.verify.Finding;
import dev.selfheal.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final VerifyReport REPORT =
      new VerifyReport(
          Instant.parse("2026-11-22T10:00:00Z"),
          List.of(
              new Finding(CheckName.LEDGER, "", new CheckResult.Ok("the receiver can write it")),
              new Finding(
                  CheckName.SSH, "gpu-02", new CheckResult.Failed("no\u001b[2J way", "open it")),
              new Finding(CheckName.RECEIVER_UNIT, "", new CheckResult.NotApplicable("a pot"))));

  @TempDir Path folder;

  @Test
  void showsProblemsFirstEachWithItsMend() {
    assertThat(String.join("\n", new VerifyPage(REPORT, false).lines()))
        .isEqualTo(
            """
            CHECK          TARGET  STATE           SEEN
            ssh            gpu-02  failed          no?[2J way
                mend: open it
            ledger         -       ok              the receiver can write it
            receiver_unit  -       not applicable  a pot

            Broken: 1 failed, 1 ok, 1 not applicable""");
  }

  @Test
  void tellsTheSameToScripts() throws IOException {
    assertThat(Json.parse(String.join("\n", new VerifyPage(REPORT, false).json())))
        .isEqualTo(
            Json.parse(
                """
                {"verified": false, "checked_at": "2026-11-22T10:00:00Z", "checks": [
                  {"check": "ssh", "target": "gpu-02", "state": "failed", "seen": "no?[2J way",
                   "mend": "open it"},
                  {"check": "ledger", "target": "", "state": "ok",
                   "seen": "the receiver can write it"},
                  {"check": "receiver_unit", "target": "", "state": "not_applicable",
                   "seen": "a pot"}]}
                """));
  }

  @Test
  void aBadConfigurationIsTheUsersMistake() throws IOException {
    Path file = Files.writeString(folder.resolve("selfheal.yml"), "targets: []\n");
    Ran ran = Ran.with("verify", "--config.file=" + file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("targets: at least one target is needed");
  }

  @Test
  void aTextfileThatNobodyReadsIsTheUsersMistake() {
    Ran ran = Ran.with("verify", "--textfile=verify.txt");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("must end in .prom");
  }
}
