package dev.selfheal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.FakeOllamaProcess;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands, each a process of its own, against a receiver that runs. */
class CommandLineIT {
  private static final Path JAR =
      Path.of(System.getProperty("selfheal.jar", "target/selfheal.jar")).toAbsolutePath();

  @TempDir private Path folder;
  private FakeOllamaProcess ollama;
  private ReceiverHome home;

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void start() {
    ollama = new FakeOllamaProcess(folder);
    home = new ReceiverHome();
    home.configure(
        """
        targets:
          - name: gpu-01
            match: {instance: "gpu-01:9100"}
            ollama_url: %s
            restart_command: %s
        """
            .formatted(ollama.uri(), ReceiverHome.yaml(ollama.restartCommand())));
  }

  @AfterEach
  void stop() {
    home.close();
    ollama.close();
  }

  @Test
  void anOperatorLooksPausesResumesAndRestarts() throws Exception {
    try (ReceiverProcess receiver = ReceiverProcess.ready(home)) {
      assertThat(good("status")).contains("gpu-01  ok ", "No open incidents.", "No attempts yet.");

      assertThat(good("pause", "gpu-01", "--for", "2h", "--reason", "new GPU"))
          .startsWith("gpu-01 is paused until ");
      assertThat(good("status")).containsPattern("gpu-01 +paused .* paused: new GPU \\(ends in ");
      assertThat(run("restart", "gpu-01", "--dry-run"))
          .satisfies(
              ran -> assertThat(ran.out()).startsWith("gpu-01: hold: automatic action is paused"),
              ran -> assertThat(ran.code()).isEqualTo(1));

      assertThat(good("resume", "gpu-01")).isEqualTo("gpu-01 is resumed\n");
      assertThat(good("restart", "gpu-01", "--dry-run"))
          .isEqualTo("gpu-01: restart: an operator asked for it\n");
      assertThat(ollama.restarts()).as("a rehearsal touches nothing").isEmpty();

      assertThat(good("restart", "gpu-01", "--wait", "--reason", "a test"))
          .matches(
              """
              attempt 1 on gpu-01 has begun
              attempt 1 on gpu-01: recovered after \\d+s: it computes again
              """);
      assertThat(ollama.restarts()).hasSize(1);
      assertThat(good("status")).containsPattern("\n +1  gpu-01 .* requested +recovered ");
      assertThat(good("status", "--json")).contains("\"outcome\" : \"recovered\"");

      Ran tooSoon = run("restart", "gpu-01");
      assertThat(tooSoon.err())
          .startsWith("selfheal restart: the receiver declines: not now: ")
          .contains("(this ends in ");
      assertThat(tooSoon.code()).isEqualTo(1);
      assertThat(receiver.log()).doesNotContain(" at dev.selfheal");
    }
  }

  @Test
  void whatGoesWrongIsToldInOneLineAndByTheExitCode() throws Exception {
    assertFails(1, "no receiver answers at http://127.0.0.1:", "status");
    try (ReceiverProcess receiver = ReceiverProcess.start(home).awaitReady()) {
      assertFails(1, "not found: no target has this name", "pause", "gpu-99");
      assertFails(1, "not found: no target has this name", "restart", "gpu-99");
      assertFails(2, "the receiver does not understand the order: for must be", badTime());
      assertFails(1, "does not know the token in", "status", "--token-file=" + file("stranger"));
      assertFails(1, "does not know the token in", withStrangersToken());
      assertFails(1, "needs the role operator", "status", "--token-file=" + home.webhookToken());
      assertThat(receiver.log()).doesNotContain("stranger-of-a-test");
    }
  }

  @Test
  void theConfigurationOfTheReceiverIsGood() throws Exception {
    assertThat(good("check-config"))
        .containsPattern("selfheal\\.yml is good: 1 target, \\d+ warnings?\n$");
  }

  private static String[] badTime() {
    return new String[] {"pause", "--all", "--for", "soon"};
  }

  private String[] withStrangersToken() throws IOException {
    return new String[] {"resume", "--all", "--token-file=" + file("stranger")};
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name + "-of-a-test");
  }

  private void assertFails(int code, String sentence, String... words) throws Exception {
    Ran ran = run(words);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("selfheal " + words[0] + ": ")
        .contains(sentence);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(code);
  }

  /** The output of a command that must succeed and say nothing on standard error. */
  private String good(String... words) throws Exception {
    Ran ran = run(words);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    return ran.out();
  }

  private Ran run(String... words) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
    argv.addAll(List.of(words));
    argv.add("--config.file=" + home.ledger().resolveSibling("selfheal.yml"));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(argv).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
