package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.HostReport;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks of a host make of answers. */
class HostJudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "loaded, active, enabled, ok, ''",
    "loaded, active, static, ok, ''",
    "loaded, active, disabled, failed, systemctl enable x.service",
    "loaded, inactive, enabled, failed, systemctl enable --now x.service",
    "loaded, failed, enabled, failed, journalctl -u x.service",
    "masked, inactive, masked, failed, systemctl unmask x.service",
    "not-found, inactive, '', failed, apt install",
  })
  void aUnitMustRunAndComeBack(
      String load, String active, String enabled, String state, String mend) {
    UnitAnswer answer =
        UnitAnswer.parse(
            "LoadState=%s\nActiveState=%s\nUnitFileState=%s\n".formatted(load, active, enabled));
    assertJudged(UnitCheck.judge("x.service", answer), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "selfheal-exporter.service, active, enabled, ok, ''",
    "selfheal-exporter.service, active, disabled, failed, 'systemctl enable selfheal-exporter.service, on that host'",
    "selfheal-exporter@b.service, inactive, enabled, failed, systemctl enable --now selfheal-exporter@b.service",
    "x;id, inactive, enabled, not applicable, ''",
    "--root=x, inactive, enabled, not applicable, ''",
  })
  void anExporterOnAnotherHostMustRunAndComeBack(
      String unit, String active, String enabled, String state, String mend) {
    String shown =
        "[exporter]\nId=%s\nLoadState=loaded\nActiveState=%s\nUnitFileState=%s\n"
            .formatted(unit, active, enabled);
    assertJudged(RemoteExporterCheck.judge(report(shown + "[end]\n")), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "'[end]', install this version there",
    "'[exporter]', cut off",
    "'[exporter]\nunavailable there is no unit\n[end]', there is no unit",
    "'[exporter]\nId=x.service\nunavailable systemctl show did not answer in time\n[end]', in time"
  })
  void ofAnExporterOfWhichNothingIsToldNothingIsClaimed(String rest, String why) {
    CheckResult result = RemoteExporterCheck.judge(report(rest.replace("\\n", "\n") + "\n"));
    assertThat(result).isInstanceOf(NotApplicable.class);
    assertThat(result.seen()).contains(why);
  }

  private static HostReport report(String sections) {
    return HostReport.parse("selfheal-host-agent 1 status\n" + sections);
  }

  @Test
  void withoutSystemdNothingIsClaimedAboutUnits() {
    UnitAnswer none = UnitAnswer.parse("System has not been booted with systemd as init system");
    assertThat(UnitCheck.judge("x.service", none)).isInstanceOf(NotApplicable.class);
    assertThat(TargetUnitCheck.judge("x.service", none)).isInstanceOf(NotApplicable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "loaded, active, ok, ''",
    "loaded, inactive, ok, ''",
    "not-found, inactive, failed, targets[].unit",
    "masked, inactive, failed, systemctl unmask",
  })
  void aTargetsUnitMustBeThereAndMayBeStopped(
      String load, String active, String state, String mend) {
    UnitAnswer answer = new UnitAnswer.Known(load, active, "enabled", "");
    assertJudged(TargetUnitCheck.judge("ollama.service", answer), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "--job-mode=triggering is only valid for stop., ok, ''",
    "Interactive authentication required., failed, polkit",
    "Access denied, failed, polkit",
    "host-agent: no such verb; use exactly one of status, not applicable, ''",
    "Job mode triggering invalid, not applicable, ''",
    "Unknown job mode \"triggering\"., not applicable, ''",
    "'Cannot run program \"systemctl\": error=2', not applicable, ''",
    "nobody is logged in there, not applicable, ''",
    "'', failed, systemctl status polkit.service",
    "runuser did not answer in time, failed, systemctl status polkit.service",
    "Failed to connect to bus: Connection refused, failed, dbus.service",
    "System has not been booted with systemd, not applicable, ''",
  })
  void onlyARefusalOfTheModeProvesTheRight(String said, String state, String mend) {
    assertJudged(RestartRight.judge("ollama.service", said, "selfheal"), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "selfheal, selfheal, self, ''",
    "root, selfheal, selfheal, ''",
    "alice, selfheal, '', only selfheal or root can ask",
    "root, '', self, ''",
  })
  void theRightIsAskedForAsTheReceiversUser(String me, String receivers, String asker, String why)
      throws InterruptedException {
    FakeSystemd systemd =
        new FakeSystemd().says("selfheal.service", "loaded", "active", "enabled", receivers);
    CheckResult result = new LocalRightCheck("a", "ollama.service", new Account(systemd, me)).run();
    assertThat(systemd.askers()).isEqualTo(asker.isEmpty() ? List.of() : List.of(asker));
    assertThat(result.seen()).contains(why);
  }

  @Test
  void rootAloneProvesNothingAboutTheReceiver() throws InterruptedException {
    FakeSystemd systemd = new FakeSystemd().knowsNothing("selfheal.service");
    assertThat(new LocalRightCheck("a", "ollama.service", new Account(systemd, "root")).run())
        .isInstanceOf(NotApplicable.class);
    assertThat(systemd.askers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, ok", "30, ok", "-30, ok", "31, failed", "-3600, failed"})
  void clocksMayDifferByHalfAMinute(long seconds, String state) {
    assertJudged(new Skew("the clock", NOW.plusSeconds(seconds), NOW).judge(), state, "");
  }

  @ParameterizedTest
  @CsvSource({"5, 5, ok", "29, 29, ok", "40, 40, failed", "3600, 2, ok", "-3600, 2, ok"})
  void aPageIsOldIfItsFileIsNotMerelyItsClock(long stamped, long written, String state) {
    PageSight page =
        new PageSight(
            "selfheal_exporter_last_run_timestamp_seconds "
                + NOW.minusSeconds(stamped).getEpochSecond()
                + "\n",
            NOW.minusSeconds(written));
    assertJudged(TextfileCheck.judge(page, NOW), state, "");
  }

  static void assertJudged(CheckResult result, String state, String mend) {
    Class<?> expected =
        switch (state) {
          case "ok" -> Ok.class;
          case "failed" -> Failed.class;
          default -> NotApplicable.class;
        };
    assertThat(result).isInstanceOf(expected);
    if (result instanceof Failed failed) {
      assertThat(failed.mend()).contains(mend);
    }
  }
}
