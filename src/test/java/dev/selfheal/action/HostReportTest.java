package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.HostReport.Seen;
import dev.selfheal.action.HostReport.Unreadable;
import dev.selfheal.action.ProcessRow.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostReportTest {
  static final String EVIDENCE =
      """
      selfheal-host-agent 1 evidence
      [clock]
      epoch=1795350000
      uptime=36400.50
      hertz=100
      boot_id=284d42de-d84f-47cd-ad03-cb22300d8067
      [unit]
      LoadState=loaded
      ActiveState=active
      InvocationID=ab
      MainPID=17
      [processes]
      17 1 S 16693 3640000 14228 - serve
      18 17 R 500 3640049 2048 39719 runner
      [sockets]
      LISTEN 12 4096 11434 0 - -
      ESTAB 0 5 39719 44192 10612 414
      [page]
      |# HELP ollama_up Up.
      |ollama_up 1
      |[end]
      |
      [exporter]
      Id=selfheal-exporter.service
      ActiveState=active
      [gpu]
      |0, GPU-1, Fake
      exit=0
      [journal]
      1795350000.1 all slots are idle
      [end]
      """;

  private static Seen seen(String text) {
    return (Seen) HostReport.parse(text);
  }

  @Test
  void readsAllSections() {
    Seen seen = seen(EVIDENCE);
    assertThat(seen.complete()).isTrue();
    assertThat(UnitState.parse(seen.unit()))
        .contains(new UnitState("loaded", "active", "", "ab", 17));
    assertThat(seen.processes())
        .containsExactly(
            new ProcessRow(17, 1, 'S', 16693, 3640000, 14228, null, Role.SERVE),
            new ProcessRow(18, 17, 'R', 500, 3640049, 2048, 39719, Role.RUNNER));
    assertThat(seen.sockets())
        .containsExactly(
            new SocketRow("LISTEN", 12, 4096, 11434, 0, null, null),
            new SocketRow("ESTAB", 0, 5, 39719, 44192, 10612L, 414L));
    assertThat(seen.page())
        .isEqualTo(new HostPage.Text("# HELP ollama_up Up.\nollama_up 1\n[end]\n\n"));
    assertThat(seen.exporter()).isEqualTo("Id=selfheal-exporter.service\nActiveState=active");
    assertThat(seen.gpu()).containsExactly("|0, GPU-1, Fake", "exit=0");
    assertThat(seen.journal()).containsExactly("1795350000.1 all slots are idle");
  }

  @Test
  void aProcessIsAsOldAsTheHostsOwnClockSays() {
    Seen seen = seen(EVIDENCE);
    assertThat(seen.clockOrNull())
        .isEqualTo(
            new HostClock(
                Instant.ofEpochSecond(1795350000),
                Duration.ofMillis(36_400_500),
                100,
                "284d42de-d84f-47cd-ad03-cb22300d8067"));
    assertThat(seen.age(seen.processes().get(0))).contains(Duration.ofMillis(500));
    assertThat(seen.age(seen.processes().get(1))).contains(Duration.ofMillis(10));
    assertThat(seen.age(startedAt(3640150))).contains(Duration.ZERO);
  }

  @Test
  void whereTheUptimeIsNotThatOfTheTicksThereIsNoAge() {
    assertThat(seen(EVIDENCE).age(startedAt(3650000))).isEmpty();
    assertThat(seen(EVIDENCE).age(startedAt(Long.MAX_VALUE))).isEmpty();
  }

  private static ProcessRow startedAt(long ticks) {
    return new ProcessRow(1, 1, 'S', 0, ticks, 0, null, Role.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch=soon", "uptime=", "hertz=0", "hertz=-1", "uptime=1e999"})
  void withoutAClockThereIsNoAge(String line) {
    String key = line.substring(0, line.indexOf('='));
    Seen seen = seen(EVIDENCE.replaceFirst(key + "=.*", line));
    assertThat(seen.clockOrNull()).isNull();
    assertThat(seen.age(seen.processes().get(0))).isEmpty();
  }

  @Test
  void linesBeforeTheReportAndOddOnesWithinArePassedOver() {
    String text =
        "Welcome\n[unit]\nMainPID=1\n"
            + EVIDENCE
                .replace("[sockets]\n", "[sockets]\nodd\nESTAB 0 0 1.2.3.4 5 6 7\n[]\n")
                .replace("LoadState", "Warning: The unit file changed on disk.\nLoadState")
                .replace("[gpu]", "[news]\nof a later version\n[gpu]");
    Seen seen = seen(text);
    assertThat(seen.sockets()).hasSize(2);
    assertThat(UnitState.parse(seen.unit())).map(UnitState::mainPid).contains(17L);
    assertThat(seen.complete()).isTrue();
  }

  @Test
  void aCutLineIsLeftOutBecauseHalfANumberIsAnotherNumber() {
    Seen seen = seen(EVIDENCE.substring(0, EVIDENCE.indexOf("10612 414") + 8));
    assertThat(seen.complete()).isFalse();
    assertThat(seen.sockets()).hasSize(1);
    assertThat(seen.page())
        .isEqualTo(new HostPage.Missing("the report was cut off before the page's end"));
  }

  @Test
  void halfAPageIsNoPageAndHalfAUnitIsNone() {
    assertThat(seen(EVIDENCE.substring(0, EVIDENCE.indexOf("|[end]"))).page())
        .isInstanceOf(HostPage.Missing.class);
    assertThat(seen(EVIDENCE.substring(0, EVIDENCE.indexOf("MainPID"))).unit()).isEmpty();
    assertThat(seen(EVIDENCE.substring(0, EVIDENCE.indexOf("[gpu]"))).exporter()).isEmpty();
  }

  @Test
  void whatSystemctlSaidBeforeItFailedIsNoState() {
    String failed = "unavailable systemctl show did not answer in time\n[processes]";
    Seen seen = seen(EVIDENCE.replace("[processes]", failed));
    assertThat(seen.unit()).isEqualTo("unavailable systemctl show did not answer in time");
  }

  @Test
  void anOlderAgentDoesNotTellOfTheExportersUnit() {
    Seen seen = seen(EVIDENCE.replaceFirst("(?s)\\[exporter]\n.*(\\[gpu])", "$1"));
    assertThat(seen.exporter()).isEmpty();
    assertThat(seen.complete()).isTrue();
  }

  @Test
  void anEndWithoutALineFeedIsAnEnd() {
    assertThat(seen(EVIDENCE.strip()).complete()).isTrue();
  }

  @Test
  void whyThereIsNoPageIsTold() {
    String text = EVIDENCE.replaceFirst("(?s)\\|# HELP.*\\|\n", "unavailable it may not be read\n");
    assertThat(seen(text).page()).isEqualTo(new HostPage.Missing("it may not be read"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "''> the host agent sent no report; check the key's command= in authorized_keys. It sent: nothing",
        "bash: no such file > the host agent sent no report; check the key's command= in authorized_keys. It sent: bash: no such file",
        "selfheal-host-agent 2 status > the host agent's report has version 2 and this receiver reads version 1; install the same version of ollama-selfheal on both",
      })
  void whatIsNoReportIsSaidToBeNone(String text, String why) {
    assertThat(HostReport.parse(text + "\n")).isEqualTo(new Unreadable(why));
  }
}
