package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.RawConnection;
import dev.selfheal.testkit.RawConnection.Raw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a 4xx with one sentence, and the next request is answered. */
@Timeout(60)
class MalformedRequestTest {

  private static final EmbeddedReceiver RECEIVER = EmbeddedReceiver.open();

  private static final String HOST = "Host: localhost\r\n";
  private static final String POST =
      "POST /webhook/alertmanager HTTP/1.1\r\nContent-Type: application/json\r\n" + HOST;

  private static final String REPEATED_LENGTH =
      POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n";
  private static final String TWO_LENGTHS =
      POST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @AfterEach
  void theReceiverHasDoneNothingAndStillAnswers() {
    assertThat(RECEIVER.restarter().restarted()).isEmpty();
    RECEIVER.anonymous().get("/-/healthy").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":\"4\",\"alerts\":[{\"status\":\"fir",
        "{\"version\":\"4\",\"alerts\":[]",
        "{\"version\":4,\"alerts\":[]}",
        "{\"version\":\"4\",\"alerts\":{}}",
        "{\"version\":\"4\",\"alerts\":null}",
        "{\"version\":\"4\"}",
        "{\"version\":\"3\",\"alerts\":[]}",
        "{\"version\":\"4\",\"alerts\":[7]}",
        "{\"version\":\"4\",\"alerts\":[{\"labels\":{\"a\":{\"b\":1}}}]}",
        "{\"version\":\"4\",\"alerts\":[]} {}",
        "[]",
        "null",
        "\"text\"",
        "alerts=1&version=4",
        "<xml/>",
        "\0\1\2",
        "\377\376{\0",
        " "
      })
  void aBodyThatIsNotVersionFourIsRefusedWithOneSentence(String body) throws IOException {
    refused(deliver(body), 400);
  }

  @Test
  void anEmptyBodyIsRefused() throws IOException {
    refused(deliver(""), 400);
    refused(exchange(POST + "\r\n"), 400);
  }

  @Test
  void tenThousandLevelsOfNestingAreRefused() throws IOException {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    refused(deliver("{\"version\":\"4\",\"x\":" + deep + ",\"alerts\":[]}"), 400);
    refused(post("/api/v1/remediations", "{\"target\":" + deep + "}"), 400);
  }

  @Test
  void aCompressedBodyIsRefusedWithoutBeingUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] megabyte = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 64; i++) {
        gzip.write(megabyte);
      }
    }
    String head = POST + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n";
    refused(exchange(head + bomb.toString(ISO_8859_1)), 415);
  }

  @Test
  void aBodyThatIsDeclaredTooLargeIsRefusedBeforeItIsSent() throws IOException {
    refused(exchange(POST + "Content-Length: 17825792\r\n\r\n"), 413);
    refused(exchange(POST + "Expect: 100-continue\r\nContent-Length: 17825792\r\n\r\n"), 413);
  }

  @Test
  void aSenderIsToldThatItsBodyIsTooLargeEvenIfItSendsAllOfItFirst() throws IOException {
    String body = "{\"version\":\"4\",\"alerts\":[],\"x\":\"" + "x".repeat(17 << 20) + "\"}";
    refused(deliver(body), 413);
  }

  @Test
  void aBodyWithoutADeclaredLengthIsRefusedOnceItHasGrownTooLarge() throws IOException {
    StringBuilder request = new StringBuilder(POST + "Transfer-Encoding: chunked\r\n\r\n");
    request.append(chunk("{\"version\":\"4\",\"alerts\":[],\"x\":\""));
    for (int i = 0; i < 17; i++) {
      request.append(chunk("x".repeat(1 << 20)));
    }
    refused(exchange(request + chunk("\"}") + "0\r\n\r\n"), 413);
  }

  @Test
  void aBodyThatEndsBeforeItsDeclaredLengthIsRefused() throws IOException {
    try (RawConnection connection = new RawConnection(RECEIVER.port())) {
      connection.send(POST + "Content-Length: 1000\r\n\r\n{\"version\":\"4\",\"alerts\":[]}");
      refused(connection.finish().answer(), 400);
      assertThat(connection.isHungUp()).isTrue();
    }
  }

  @Test
  void aSenderThatHangsUpInMidBodyLeavesNothingBehind() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (RawConnection connection = new RawConnection(RECEIVER.port())) {
        connection.send(POST + "Content-Length: 1000\r\n\r\n{\"version\":");
      }
    }
    deliver("{\"version\":\"4\",\"alerts\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n{}\r\n", "-5\r\n{}\r\n", "5\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFF\r\n"})
  void brokenChunksAreRefused(String chunks) throws IOException {
    try (RawConnection connection = new RawConnection(RECEIVER.port())) {
      connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      refused(connection.finish().answer(), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n folded: yes\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/probes/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/probes/%FF HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/incidents?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        REPEATED_LENGTH,
        TWO_LENGTHS,
        "\026\003\001\002\000\001\000\001\374\003\003\r\n\r\n"
      })
  void brokenHttpIsRefused(String request) throws IOException {
    refused(exchange(request), 400);
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    refused(exchange("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9_000) + "\r\n\r\n"), 431);
  }

  @Test
  void aHugeAddressIsRefused() throws IOException {
    refused(exchange("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 414);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "null",
        "{\"target\":",
        "{\"target\":7}",
        "{\"target\":\"gpu-01\",\"target\":\"gpu-02\"}",
        "{\"target\":\"gpu-01\"} {}",
        "{\"target\":\"gpu-01\",\"dry_run\":\"yes\"}",
        "{\"target\":\"gpu-01\",\"force\":true}",
        "\0\0\0{\0\1\2\3",
        "\376\377\330\0",
        "\0\0\0{\377\377\377\377",
        "{\"target\":\"\377\376\"}"
      })
  void anOrderThatIsNotUnderstoodIsRefused(String body) throws IOException {
    refused(post("/api/v1/remediations", body), 400);
  }

  private static Raw deliver(String body) throws IOException {
    return post("/webhook/alertmanager", body);
  }

  private static Raw post(String path, String body) throws IOException {
    return exchange(
        POST.replace("/webhook/alertmanager", path)
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static Raw exchange(String request) throws IOException {
    try (RawConnection connection = new RawConnection(RECEIVER.port())) {
      return connection.send(request).answer();
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void refused(Raw answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.head()).containsIgnoringCase("Content-Type: application/json");
    assertThat(answer.body()).matches("\\{\"error\":\"(\\\\\"|[ !#-~]){10,200}\"}");
  }
}
