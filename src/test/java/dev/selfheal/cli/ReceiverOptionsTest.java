package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a command finds its receiver. */
class ReceiverOptionsTest {
  private static final String TOKEN = "0123456789abcdef-operator";

  @TempDir private Path folder;
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
    receiver.answers("POST /api/v1/resume", 200, "{\"paused\":false}");
    Files.writeString(folder.resolve("operator.token"), TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Ran resume(String... more) {
    return Ran.with(Args.of("resume", more, "--all"));
  }

  private String configured(String yaml) throws IOException {
    String text = yaml.replace("PORT", String.valueOf(receiver.port()));
    return "--config.file=" + Files.writeString(folder.resolve("selfheal.yml"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost"})
  void findsItWhereTheConfigurationSaysThatItListens(String host) throws IOException {
    Ran ran = resume(configured("listen: " + host + ":PORT"));
    assertThat(ran).isEqualTo(new Ran(0, "all targets are resumed\n", ""));
    assertThat(receiver.asked().get(0).authorization()).isEmpty();
  }

  @Test
  void provesItselfWithTheConfiguredTokenAndReadsNothingThatItDoesNotNeed() throws IOException {
    Ran ran =
        resume(
            configured(
                """
                listen: 127.0.0.1:PORT
                auth:
                  webhook_token_file: /nonexistent/webhook.token
                  operator_token_file: operator.token
                ledger: sqlite:${UNSET}
                nonsense: 1
                """));
    assertThat(ran.code()).isZero();
    assertThat(receiver.asked().get(0).authorization()).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void prefersTheTokenOfTheCommandLine() throws IOException {
    Path other = Files.writeString(folder.resolve("other.token"), "fedcba9876543210-operator");
    resume(
        configured("listen: 127.0.0.1:PORT\nauth: {operator_token_file: operator.token}"),
        "--token-file=" + other);
    assertThat(receiver.asked().get(0).authorization())
        .isEqualTo("Bearer fedcba9876543210-operator");
  }

  @Test
  void givesTheConfiguredTokenToNoOtherReceiver() throws IOException {
    Ran ran =
        resume(configured("auth: {operator_token_file: operator.token}"), "--url", receiver.url());
    assertThat(ran.code()).isZero();
    assertThat(receiver.asked().get(0).authorization()).isEmpty();
  }

  @Test
  void needsNoConfigurationIfItIsToldTheUrl() {
    assertThat(resume("--config.file=/nonexistent", "--url", receiver.url() + "/").code()).isZero();
  }

  @Test
  void expandsTheVariablesOfItsEnvironment() throws IOException {
    Surroundings around =
        new Surroundings(Map.of("P", String.valueOf(receiver.port())), time -> {}, false);
    String file = configured("listen: '127.0.0.1:${P}'");
    assertThat(Ran.in(around, "resume", "--all", file).code()).isZero();
    assertThat(resume(file).err()).contains("listen: the environment variable P is not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listen: 9595        | FILE: listen: expected HOST:PORT
          listen: [           | FILE: The file is not valid YAML at line 1
          '[1]'               | FILE: expected a mapping, found a list
          listen: 127.0.0.1:0 | FILE: listen has port 0, which can be any
          auth: 1             | FILE: auth: expected a mapping
          """)
  void tellsWhatKeepsTheConfigurationFromBeingUsedAndWhatToDo(String yaml, String start)
      throws IOException {
    Ran ran = resume(configured(yaml));
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith(
            "selfheal resume: " + start.replace("FILE", folder.resolve("selfheal.yml").toString()))
        .endsWith("; or say where the receiver is with --url");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void namesAConfigurationThatDoesNotExist() {
    Ran ran = resume("--config.file=/nonexistent/selfheal.yml");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                2,
                "",
                "selfheal resume: Cannot read the configuration /nonexistent/selfheal.yml: it does"
                    + " not exist; or say where the receiver is with --url\n"));
  }

  @Test
  void namesATokenFileThatDoesNotExist() {
    Ran ran = resume("--url", receiver.url(), "--token-file=/nonexistent/token");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                2,
                "",
                "selfheal resume: the token cannot be read: /nonexistent/token does not exist; name"
                    + " the right file with --token-file\n"));
    assertThat(receiver.asked()).isEmpty();
  }

  @Test
  void neverShowsATokenThatCannotBeSent() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.token"), "secret\u0001secret");
    Ran ran = resume("--url", receiver.url(), "--token-file=" + bad);
    assertThat(ran.err())
        .isEqualTo(
            "selfheal resume: the token in "
                + bad
                + " must be of visible ASCII characters, without spaces\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1",
        "127.0.0.1:9595",
        "http://",
        "http://me:pass@127.0.0.1:9595",
        "http://127.0.0.1:9595?x=1",
        "http://127.0.0.1:9595#x",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "http://a b/"
      })
  void refusesAUrlThatNoReceiverHasAndDoesNotRepeatIt(String url) {
    assertThat(resume("--url=" + url))
        .isEqualTo(
            new Ran(
                2,
                "",
                "selfheal resume: --url must be like http://127.0.0.1:9595 or https://HOST:PORT,"
                    + " without user, ? or #\n"));
  }

  @Test
  void takesAUrlWithThePathOfAProxy() {
    receiver.answers("POST /selfheal/api/v1/resume", 200, "{}");
    assertThat(resume("--url", receiver.url() + "/selfheal/").code()).isZero();
  }
}
