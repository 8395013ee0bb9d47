package dev.selfheal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about answers that are no good, and about none. */
class ReceiverTest {
  private static final String TOKEN = "0123456789abcdef-operator";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | 2 | the receiver does not understand the order: SAID
          403 | 1 | the token in FILE may not do this; it takes the one of auth.operator_token_file: SAID
          404 | 1 | not found: SAID; selfheal status shows the targets
          409 | 1 | the receiver declines: SAID
          503 | 1 | the receiver cannot do it now: SAID; see journalctl -u selfheal
          500 | 1 | unexpected answer from URL: status 500: SAID
          421 | 1 | unexpected answer from URL: status 421: SAID
          302 | 1 | unexpected answer from URL: status 302: SAID
          """)
  void tellsARefusalInOneLineWithTheReceiversOwnWords(int status, int code, String sentence)
      throws IOException {
    for (String command : new String[] {"status", "resume --all"}) {
      Ran ran = ask(command, status, "{\"error\":\"it \\u001b said\\nso\"}");
      assertThat(ran.err())
          .isEqualTo(
              "selfheal " + command.replaceFirst(" .*", "") + ": " + filled(sentence) + "\n");
      assertThat(ran.code()).isEqualTo(code);
    }
  }

  @Test
  void tellsThatAnOrderNeedsAnotherToken() throws IOException {
    Ran ran = ask("resume --all", 401, "{\"error\":\"it is not one of mine\"}");
    assertThat(ran.err())
        .startsWith(
            filled(
                "selfheal resume: URL does not know the token in FILE; it takes the one of its"
                    + " auth.operator_token_file"));
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void tellsThatAQuestionNeedsAToken() throws IOException {
    try (FakeReceiver receiver = new FakeReceiver()) {
      receiver.answers("GET /api/v1/targets?limit=1000", 401, "{\"error\":\"who are you\"}");
      Ran ran = Ran.with("status", "--url", receiver.url());
      assertThat(ran.err())
          .isEqualTo(
              "selfheal status: "
                  + receiver.url()
                  + " asks for the operator's token: name its file as --token-file: who are you\n");
    }
  }

  @Test
  void tellsThatWhateverAnswersIsNoReceiver() throws IOException {
    assertThat(ask("status", 404, "<html>").err())
        .isEqualTo(
            filled("selfheal status: no selfheal receiver at URL (status 404): check --url\n"));
  }

  @Test
  void asksWhetherTheServiceRunsIfNobodyListens() throws IOException {
    int port;
    try (ServerSocket gone = listen()) {
      port = gone.getLocalPort();
    }
    assertThat(Ran.with("status", "--url=http://127.0.0.1:" + port))
        .isEqualTo(
            new Ran(
                1,
                "",
                "selfheal status: no receiver answers at http://127.0.0.1:%d: is selfheal.service running? (systemctl status selfheal)\n"
                    .formatted(port)));
  }

  @Test
  void doesNotKnowAHostThatHasNoAddress() {
    assertThat(Ran.with("status", "--url=http://nowhere.invalid:9595").err())
        .isEqualTo(
            "selfheal status: cannot reach the host of http://nowhere.invalid:9595: check listen in"
                + " the configuration, or --url\n");
  }

  @Test
  void givesAnOrderOnceAndAdmitsThatItsFateIsUnknownIfTheConnectionBreaks() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    CompletableFuture<Void> serving;
    try (ServerSocket server = listen()) {
      serving = CompletableFuture.runAsync(() -> hangUpAfterReading(server, connections));
      Ran ran = Ran.with("resume", "--all", "--url=http://127.0.0.1:" + server.getLocalPort());
      assertThat(ran.err())
          .contains("whether it carried out the order is unknown: see selfheal status");
      assertThat(ran.code()).isEqualTo(1);
    }
    serving.join();
    assertThat(connections).hasValue(1);
  }

  @Test
  void tellsHowLongItWaitedForAnOrderThatMayTakeLonger() throws IOException {
    try (ServerSocket silent = listen()) {
      URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      Receiver receiver = new Receiver(new Address(base, null, null, null));
      assertThatThrownBy(
              () -> receiver.post("/api/v1/resume", "{}".getBytes(UTF_8), Duration.ofSeconds(1)))
          .isInstanceOf(CommandFailed.class)
          .hasMessage(
              "no answer from "
                  + base
                  + " within 1 s; whether it carried out the order is unknown: see selfheal"
                  + " status");
    }
  }

  @Test
  void doesNotKeepMoreThanAnAnswerMayHold() throws IOException {
    assertThat(ask("status", 200, " ".repeat((16 << 20) + 1)).err())
        .contains("the answer is larger than 16 MiB");
  }

  private String url = "";

  private Ran ask(String command, int status, String answer) throws IOException {
    Files.writeString(file(), TOKEN + "\n");
    try (FakeReceiver receiver = new FakeReceiver()) {
      url = receiver.url();
      receiver
          .answers("GET /api/v1/targets?limit=1000", status, answer)
          .answers("POST /api/v1/resume", status, answer);
      String[] words = (command + " --url " + url + " --token-file " + file()).split(" ");
      Ran ran = Ran.with(words);
      assertThat(receiver.asked()).hasSize(1);
      assertThat(receiver.asked().get(0).authorization()).isEqualTo("Bearer " + TOKEN);
      assertThat(ran.out() + ran.err()).doesNotContain(TOKEN);
      return ran;
    }
  }

  private String filled(String sentence) {
    return sentence
        .replace("URL", url)
        .replace("FILE", file().toString())
        .replace("SAID", "it ? said?so");
  }

  private Path file() {
    return folder.resolve("operator.token");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static void hangUpAfterReading(ServerSocket server, AtomicInteger connections) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          connections.incrementAndGet();
          byte[] start = client.getInputStream().readNBytes(4);
          assertThat(new String(start, UTF_8)).isEqualTo("POST");
          while (client.getInputStream().available() > 0) {
            client.getInputStream().read();
          }
        }
      }
    } catch (IOException e) {
      // The test closes the server when it has seen enough.
    }
  }
}
