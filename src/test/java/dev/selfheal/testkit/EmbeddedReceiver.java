package dev.selfheal.testkit;

import static io.restassured.RestAssured.given;

import dev.selfheal.app.SelfhealServer;
import dev.selfheal.app.Startup;
import dev.selfheal.app.StartupException;
import dev.selfheal.app.Supervisor;
import dev.selfheal.app.World;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.webhook.HttpSettings;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A receiver within the process of a test: real HTTP on a free port of loopback, a real ledger in a
 * folder of its own, a clock that the test moves, and restarts that are only remembered.
 */
public final class EmbeddedReceiver implements AutoCloseable {
  public static final String WEBHOOK_TOKEN = "webhook-token-of-a-test";
  public static final String OPERATOR_TOKEN = "operator-token-of-a-test";

  /** Configuration that asks for a token of each role. */
  public static final String TOKENS =
      "auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}\n";

  /** Four targets; an alert may carry the labels of the last two, and then it is ambiguous. */
  public static final String TARGETS =
      """
      targets:
        - {name: gpu-01, match: {instance: "gpu-01:9100"}, restart_command: [restart, one]}
        - {name: gpu-02, match: {instance: "gpu-02:9100"}, restart_command: [restart, two]}
        - {name: gpu-03, match: {instance: "gpu-03:9100"}, restart_command: [restart, three]}
        - {name: gpu-04, match: {rack: "four"}, restart_command: [restart, four]}
      """;

  private final OwnFolder folder = new OwnFolder("embedded");
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final FakeRestarter restarter = new FakeRestarter();
  private final SelfhealServer server;

  /** A receiver that asks nobody for secrets. */
  public static EmbeddedReceiver open() {
    return new EmbeddedReceiver(TARGETS);
  }

  /** A receiver that asks for tokens. */
  public static EmbeddedReceiver withTokens() {
    return new EmbeddedReceiver(TOKENS + TARGETS);
  }

  /** A receiver that asks for tokens, and hangs up on senders that are silent for so long. */
  public static EmbeddedReceiver hangingUpAfter(Duration silence) {
    return new EmbeddedReceiver(Map.of(), TOKENS + TARGETS, silence);
  }

  /**
   * Starts one.
   *
   * @param rest its configuration without {@code listen} and {@code ledger}; it may refer to {@code
   *     webhook.token} and {@code operator.token}
   */
  public EmbeddedReceiver(String rest) {
    this(Map.of(), rest);
  }

  /** The same with further files, by name, that the configuration may refer to. */
  public EmbeddedReceiver(Map<String, String> files, String rest) {
    this(files, rest, HttpSettings.USUAL_SILENCE);
  }

  private EmbeddedReceiver(Map<String, String> files, String rest, Duration silence) {
    files.forEach(this::write);
    write("webhook.token", WEBHOOK_TOKEN);
    write("operator.token", OPERATOR_TOKEN);
    configure(rest);
    if (!(load() instanceof LoadResult.Loaded loaded)) {
      throw new AssertionError("the test's own configuration is wrong: " + load());
    }
    World world = new World(clock, restarter, TargetEvidence.NONE, silence, Supervisor.NONE);
    try {
      server = SelfhealServer.start(new Startup(loaded.config(), this::load, "0.0.0-test", world));
    } catch (StartupException e) {
      throw new AssertionError("the receiver does not start", e);
    }
  }

  /** Replaces the configuration file; the receiver reads it when it is told to reload. */
  public void configure(String rest) {
    write("selfheal.yml", "listen: 127.0.0.1:0\nledger: sqlite:" + ledger() + "\n" + rest);
  }

  /** Writes a file into the folder of the configuration. */
  public void write(String name, String text) {
    folder.write(name, text);
  }

  private LoadResult load() {
    return ConfigLoader.load(
        folder.path().resolve("selfheal.yml"), Map.of(), () -> List.of("gpu-01"));
  }

  /** The file of the ledger. */
  public Path ledger() {
    return folder.path().resolve("ledger.db");
  }

  /** The time in the receiver. */
  public SettableClock clock() {
    return clock;
  }

  /** What restarts its targets. */
  public FakeRestarter restarter() {
    return restarter;
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** A request without any secret. */
  public RequestSpecification anonymous() {
    return given().baseUri("http://127.0.0.1").port(port()).urlEncodingEnabled(false);
  }

  /** A request that shows this token. */
  public RequestSpecification bearing(String token) {
    return anonymous().header("Authorization", "Bearer " + token);
  }

  /** A request as Alertmanager makes it. */
  public RequestSpecification alertmanager() {
    return bearing(WEBHOOK_TOKEN).contentType(ContentType.JSON);
  }

  /** A request as an operator makes it. */
  public RequestSpecification operator() {
    return bearing(OPERATOR_TOKEN).contentType(ContentType.JSON);
  }

  /** The value of one series, written as in {@code /metrics}; 0 if there is none. */
  public double metric(String series) {
    return bearing(OPERATOR_TOKEN)
        .get("/metrics")
        .body()
        .asString()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    server.close();
    folder.close();
  }
}
