package dev.selfheal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Alertmanager of the Debian package, on a free port of loopback and with a folder of its
 * own. Ready when constructed; {@link #close} ends the process and removes the folder.
 */
public final class AlertmanagerProcess implements RealProgram {
  /** The argument that keeps an Alertmanager alone, without any port for a cluster. */
  public static final String ALONE = "--cluster.listen-address=";

  private final OwnFolder folder = new OwnFolder("alertmanager");
  private final String address;
  private final RealProcess process;

  /**
   * Starts an Alertmanager and waits until it is ready.
   *
   * @param config the text of its configuration file
   * @param extraArgs further arguments: {@link #ALONE}, or {@code --cluster.listen-address=} and
   *     {@code --cluster.peer=} with addresses from {@link #freeAddress}
   */
  public AlertmanagerProcess(String config, String... extraArgs) {
    this(config, freeAddress(), List.of(extraArgs));
  }

  private AlertmanagerProcess(String config, String address, List<String> extraArgs) {
    this.address = address;
    List<String> argv = new ArrayList<>();
    argv.add(DebianProgram.ALERTMANAGER.path().toString());
    argv.add("--config.file=" + folder.write("alertmanager.yml", config));
    argv.add("--storage.path=" + folder.path().resolve("data"));
    argv.add("--web.listen-address=" + address);
    argv.addAll(extraArgs);
    process = RealProcess.start("alertmanager", folder.path(), argv);
    process.awaitReady(at("/-/ready"));
  }

  /** Starts one that is alone at an address, and waits until it is ready. */
  public static AlertmanagerProcess at(String address, String config) {
    return new AlertmanagerProcess(config, address, List.of(ALONE));
  }

  /** Returns HOST:PORT of loopback with a port that nobody listened on a moment ago. */
  public static String freeAddress() {
    return Loopback.freeAddress();
  }

  /** Replaces its configuration, and has it read again. */
  public void reconfigure(String config) {
    folder.write("alertmanager.yml", config);
    process.signal("HUP");
  }

  /** Returns HOST:PORT of its API. */
  public String address() {
    return address;
  }

  /** Returns its base address, without a slash at the end. */
  public URI uri() {
    return URI.create("http://" + address);
  }

  /** Returns everything that it has written to its log. */
  @Override
  public String log() {
    return process.log();
  }

  /** Returns the number of peers in its cluster, itself included. */
  public int peers() throws IOException {
    return get("/api/v2/status").path("cluster").path("peers").size();
  }

  /** Returns how many notifications it has sent to webhooks, failed ones included. */
  public long notificationsSent() throws IOException {
    return count("alertmanager_notifications_total{integration=\"webhook\"");
  }

  /** Returns how many notifications to webhooks have failed. */
  public long notificationsFailed() throws IOException {
    return count("alertmanager_notifications_failed_total{integration=\"webhook\"");
  }

  /** Returns how long its deliveries to webhooks have taken in all, in seconds. */
  public double secondsSpentOnWebhooks() throws IOException {
    return sum("alertmanager_notification_latency_seconds_sum{integration=\"webhook\"");
  }

  /** Returns its alerts of this name, in whatever state. */
  public List<JsonNode> alerts(String alertname) throws IOException {
    return get("/api/v2/alerts").findParents("status").stream()
        .filter(alert -> alert.path("labels").path("alertname").asText().equals(alertname))
        .toList();
  }

  /** Returns the states of its alerts of this name: {@code active}, {@code suppressed}. */
  public List<String> states(String alertname) throws IOException {
    return alerts(alertname).stream()
        .map(alert -> alert.path("status").path("state").asText())
        .toList();
  }

  /** Kills it with SIGKILL: from now on it tells nobody anything. */
  public void kill() {
    process.kill();
  }

  /** Silences all alerts of this name for years. */
  public void silence(String alertname) throws IOException {
    post(
        "/api/v2/silences",
        """
        {"matchers": [{"name": "alertname", "value": "%s", "isRegex": false, "isEqual": true}],
         "startsAt": "2020-01-01T00:00:00Z", "endsAt": "2099-01-01T00:00:00Z",
         "createdBy": "a test", "comment": "in mid-incident"}
        """
            .formatted(alertname));
  }

  /**
   * Posts JSON to a path of its API and returns the answer.
   *
   * @throws IOException if the status is not 200
   */
  public String post(String path, String json) throws IOException {
    Answer answer = Loopback.post(at(path), json);
    if (answer.status() != 200) {
      throw new IOException("status " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }

  private JsonNode get(String path) throws IOException {
    return Loopback.get(at(path)).json();
  }

  private long count(String beginning) throws IOException {
    return (long) sum(beginning);
  }

  /** The sum of all samples that begin so. */
  private double sum(String beginning) throws IOException {
    return Loopback.get(at("/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private URI at(String path) {
    return URI.create("http://" + address + path);
  }
}
