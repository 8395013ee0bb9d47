package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the journal only what is known to be harmless comes out. */
class HostAgentJournalTest {
  private static final Path TEXTS = Path.of("src/test/resources/dev/selfheal/action");

  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder);
  }

  private List<String> journal(String unit, String kernel) {
    // journalctl writes the newest first, as it is told.
    String files =
        "case \"$*\" in *-k*) cat '%s' ;; *) tac '%s' ;; esac"
            .formatted(host.write("kernel", kernel), host.write("unit", unit));
    return host.fake("journalctl", files).overSsh("evidence").section("journal");
  }

  private String line(String text) {
    List<String> lines = journal("1795350000.123456 gpu1 ollama[77]: " + text + "\n", "");
    assertThat(lines).hasSizeLessThan(2);
    return lines.isEmpty() ? "" : lines.get(0).substring("1795350000.123456 ".length());
  }

  @Test
  void realLogsComeOutAsTheirHarmlessPart() throws IOException {
    String unit = Files.readString(TEXTS.resolve("journal.txt"));
    String kernel = Files.readString(TEXTS.resolve("journal-kernel.txt"));
    assertThat(journal(unit, kernel))
        .containsExactlyElementsOf(Files.readAllLines(TEXTS.resolve("journal-allowed.txt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox sh", "bash --posix"})
  void otherShellsSayTheSame(String shell) throws IOException {
    if (AgentHost.shells().anyMatch(argv -> String.join(" ", argv).equals(shell))) {
      host.shell(shell.split(" "));
      realLogsComeOutAsTheirHarmlessPart();
    }
  }

  @Test
  void noPromptAddressOrPathComesOut() throws IOException {
    List<String> hostile = Files.readAllLines(TEXTS.resolve("journal-hostile.txt"));
    assertThat(hostile).hasSizeGreaterThan(30);
    String unit =
        hostile.stream()
            .map(text -> "1795350000.123456 gpu1 ollama[77]: " + text + "\n    secret too\n")
            .collect(Collectors.joining());
    String kernel =
        """
        1795350000.123456 gpu1 kernel: NVRM: Xid (PCI:0000:65:00): 31, pid=7, name=secret
        1795350000.123456 gpu1 kernel: secret NVRM: Xid 79 from 10.9.8.7
        """;
    List<String> lines = journal(unit, kernel);
    assertThat(lines).isNotEmpty();
    assertThat(String.join("\n", lines))
        .doesNotContainIgnoringCase("secret")
        .doesNotContain("10.9.8.7", "fe80", "/home", "sha256", "gpu1", "@", "\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "[GIN] 2026/11/22 - 01:27:31 | 200 | 1m31s | 10.9.8.7 | POST \"/api/chat\" > [GIN] 200 | 1m31s | POST \"/api/chat\"",
        "[GIN] 2026/11/22 - 01:27:31 | 404 | 12.3µs | ::1 | GET \"/api/ps?secret\" > [GIN] 404 | 12.3us | GET \"/api/ps\"",
        "time=x level=WARN source=sched.go:1 msg=\"gpu VRAM usage didn't recover within timeout\" secret=1 > gpu VRAM usage didn't recover within timeout",
        "0.12.345.678 I slot print_timing: id 0 | task 3 | n_decoded = 9, tg = 1 > print_timing n_decoded = 9",
        "CUDA error: secret > CUDA error: another one",
        "llama_model_load: error loading model: unable to allocate CUDA0 buffer > unable to allocate",
        "GGML_ASSERT(secret) failed > GGML_ASSERT"
      })
  void ofALineOnlyThePatternsOwnWordsAndNumbersComeOut(String text, String expected) {
    assertThat(line(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hint: You are currently not seeing messages from other users and the system.",
        "No journal files were opened due to insufficient permissions."
      })
  void aJournalThatMayNotBeReadIsSaidToBeSo(String words) {
    host.fake("journalctl", "echo '" + words + "' >&2; exit 1");
    assertThat(host.overSsh("evidence").section("journal"))
        .contains(
            "unavailable the journal may not be read; add this user to group systemd-journal");
  }

  @Test
  void theJournalOfTheUnitAndOfTheKernelIsAskedFor() {
    host.overSsh("evidence");
    assertThat(host.calls())
        .contains(
            "journalctl --no-pager -o short-unix -r -n 2000 --since -15min -u ollama.service",
            "journalctl --no-pager -o short-unix -r -n 500 --since -15min -k");
  }
}
