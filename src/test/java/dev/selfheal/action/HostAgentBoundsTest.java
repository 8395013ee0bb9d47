package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.AgentHost.Ran;
import dev.selfheal.action.HostReport.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the tools do, the agent ends in time and says little. */
class HostAgentBoundsTest {
  /** Of which the shell can be killed, but who holds its output stays. */
  private static final String HANGS = "sleep 25 & exec sleep 25";

  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder).fake("ss", ":");
  }

  @Test
  @Timeout(20)
  void aSystemctlThatHangsIsLeftBehind() {
    Ran ran =
        host.fake("systemctl", "echo LoadState=loaded; echo ActiveState=active; " + HANGS)
            .overSsh("status");
    assertThat(ran.section("unit")).contains("unavailable systemctl show did not answer in time");
    assertThat(ran.section("exporter"))
        .containsExactly("unavailable systemctl show did not answer in time");
    assertThat(host.calls()).filteredOn(call -> call.startsWith("systemctl")).hasSize(1);
    assertThat(UnitState.parse(ran.seen().unit())).isEmpty();
    assertThat(ran.seen().complete()).isTrue();
  }

  @Test
  @Timeout(20)
  void aSystemctlThatHangsForTheExportersUnitIsLeftBehind() {
    Ran ran =
        host.fake("systemctl", "case $* in *exporter*) echo Id=x; " + HANGS + " ;; esac")
            .overSsh("evidence");
    assertThat(ran.seen().exporter())
        .isEqualTo("unavailable systemctl show did not answer in time");
    assertThat(ran.section("gpu")).contains("exit=0");
  }

  @Test
  @Timeout(20)
  void anNvidiaSmiThatHangsIsLeftBehind() {
    Ran ran = host.fake("nvidia-smi", "echo 0, half; " + HANGS).overSsh("evidence");
    assertThat(ran.section("gpu"))
        .containsExactly("|0, half", "unavailable nvidia-smi did not answer in time");
    assertThat(ran.seen().complete()).isTrue();
  }

  @Test
  @Timeout(20)
  void aJournalThatHangsIsLeftBehindAndWhatItSaidIsKept() {
    host.fake("journalctl", "echo '1.5 h ollama[1]: CUDA error: out of memory'; " + HANGS);
    assertThat(host.overSsh("evidence").section("journal"))
        .contains("1.5 CUDA error: out of memory", "unavailable journalctl did not end in time");
  }

  @Test
  @Timeout(20)
  void aToolThatCannotEvenBeKilledIsNotWaitedFor() {
    host.rewritten("kill -KILL", ": no kill").fake("nvidia-smi", HANGS);
    assertThat(host.overSsh("evidence").section("gpu"))
        .containsExactly("unavailable nvidia-smi did not answer in time");
  }

  @Test
  void whatNvidiaSmiSaysIsToldWithItsStatus() {
    host.fake("nvidia-smi", "echo '0, GPU-1, A, B, 3'; echo 'Unable to determine' >&2; exit 15");
    assertThat(host.overSsh("evidence").seen().gpu())
        .containsExactly("|0, GPU-1, A, B, 3", "|Unable to determine", "exit=15");
  }

  @Test
  void whileOneNvidiaSmiHangsInTheKernelNoSecondIsStarted() {
    host.withOwnProc().write("proc/7/stat", stat(7, "nvidia-smi", "D", 1));
    assertThat(host.overSsh("evidence").section("gpu")).containsExactly("stuck");
    assertThat(host.calls()).noneMatch(call -> call.startsWith("nvidia-smi"));
  }

  /** The kernel reads it from the process's memory, and waits for what hangs in a driver. */
  @Test
  @Timeout(20)
  void aCommandLineThatTheKernelDoesNotGiveIsLeftBehind() {
    host.withOwnProc().fake("systemctl", "echo MainPID=7").fake("tr", HANGS);
    host.write("proc/7/stat", stat(7, "ollama", "S", 1));
    host.write("proc/8/stat", stat(8, "ollama", "D", 7));
    host.write("proc/8/cmdline", "ollama\0runner\0--port\0" + "22022\0");
    Ran ran = host.overSsh("status");
    assertThat(ran.section("processes"))
        .containsExactly("7 1 S 25 500 40 - serve", "8 7 D 25 500 40 - runner");
    assertThat(ran.seen().complete()).isTrue();
  }

  @Test
  void aNameMadeToMisleadIsAName() {
    host.withOwnProc().fake("systemctl", "echo MainPID=7");
    host.write("proc/7/stat", stat(7, "a) R 1 (b", "T", 1));
    host.write("proc/8/stat", stat(8, "nvidia-smi) D 7 (", "S", 7));
    host.write("proc/8/cmdline", "x\0--port\0" + "22022\0");
    Ran ran = host.overSsh("evidence");
    assertThat(ran.section("processes"))
        .containsExactly("7 1 T 25 500 40 - serve", "8 7 S 25 500 40 22022 runner");
    assertThat(ran.section("gpu")).doesNotContain("stuck");
  }

  @Test
  void ofManyProcessesTheFirstAreTold() {
    host.withOwnProc().fake("systemctl", "echo MainPID=1000");
    host.write("proc/1000/stat", stat(1000, "ollama", "S", 1));
    for (int pid = 1001; pid < 1100; pid++) {
      host.write("proc/" + pid + "/stat", stat(pid, "x", "Z", 1000));
    }
    assertThat(host.overSsh("status").section("processes")).hasSize(64);
  }

  @Test
  void theKernelsTableIsReadWithoutAddresses() {
    host.withOwnProc().fake("ss", "exit 255");
    host.write(
        "proc/net/tcp",
        """
          sl  local_address rem_address   st tx_queue rx_queue
           0: 0100007F:2CAA 00000000:0000 0A 00000000:0000000C 00:00000000 00000000     0 0 1
           1: 0100007F:2CAA 0500000A:AD8A 08 00000000:00000001 00:00000000 00000000     0 0 2
           2: 0100007F:2CAA 0500000A:AD8B 06 00000000:00000000 00:00000000 00000000     0 0 3
           3: 0100007F:0016 0500000A:AD8C 01 00000000:00000000 00:00000000 00000000     0 0 4
        """);
    assertThat(host.overSsh("status").section("sockets"))
        .containsExactly("LISTEN 12 0 11434 0 - -", "CLOSE-WAIT 1 0 11434 44426 - -");
  }

  @Test
  void withNeitherSsNorTheTableItSaysSo() {
    host.withOwnProc().fake("ss", "exit 255");
    assertThat(host.overSsh("status").section("sockets"))
        .containsExactly(
            "unavailable neither ss nor /proc/net/tcp tells"
                .replace("/proc/", host.path("proc") + "/"));
  }

  @Test
  void muchOutputBecomesLittle() {
    String endless = "yes '1.5 h ollama[1]: panic: %s' | head -n 100000".formatted("x".repeat(400));
    host.fake("ss", "yes 'ESTAB 0 0 10.1.2.3:11434 10.1.2.4:5 bytes_sent:1' | head -n 3000")
        .fake("nvidia-smi", endless)
        .fake("journalctl", endless)
        .fake(
            "systemctl",
            "echo MainPID=0; yes '[x] %s' | head -n 100000".formatted("x".repeat(400)));
    String page =
        host.write("page", ("m{a=\"" + "y".repeat(90) + "\"} 1\n").repeat(5_000)).toString();
    Ran ran = host.overSsh("evidence", host.write("c", "TEXTFILE=" + page).toString());
    Seen seen = ran.seen();
    assertThat(seen.complete()).isTrue();
    assertThat(ran.section("unit")).hasSizeLessThan(70).allMatch(line -> line.length() <= 300);
    assertThat(ran.section("exporter")).hasSizeLessThan(25).allMatch(l -> l.length() <= 300);
    assertThat(seen.sockets()).hasSize(500);
    assertThat(seen.gpu()).hasSizeLessThan(67).allMatch(line -> line.length() <= 301);
    assertThat(ran.section("journal")).hasSizeBetween(200, 224).allMatch(l -> l.length() <= 300);
    assertThat(((HostPage.Text) seen.page()).text())
        .hasSizeBetween(262_000, 262_144)
        .endsWith("y\"} 1\n");
    assertThat(ran.output()).doesNotContain("10.1.2").hasSizeLessThan(400_000);
  }

  private static String stat(int pid, String name, String state, int parent) {
    return "%d (%s) %s %d 1 1 0 -1 0 1 0 0 0 20 5 0 0 20 0 1 0 500 1000000 10 1 1 1 1 1 0 0 0\n"
        .formatted(pid, name, state, parent);
  }
}
