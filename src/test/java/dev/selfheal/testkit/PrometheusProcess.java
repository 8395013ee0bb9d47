package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A real Prometheus of the Debian package, on a free port of loopback and with a folder of its own.
 * Ready when constructed.
 */
public final class PrometheusProcess implements RealProgram {
  private final OwnFolder folder = new OwnFolder("prometheus");
  private final String address = Loopback.freeAddress();
  private final RealProcess process;

  /**
   * What it scrapes, and under which name.
   *
   * @param address HOST:PORT of an exporter
   * @param instance the value of the label {@code instance}
   */
  public record Scraped(String address, String instance) {}

  /**
   * Starts one that scrapes and evaluates four times a second.
   *
   * @param rules the text of its rule file
   * @param alertmanagers HOST:PORT of each one that is told of alerts
   */
  public PrometheusProcess(Scraped scraped, String rules, List<String> alertmanagers) {
    this(config(scraped, alertmanagers), "rules.yml", rules);
  }

  /**
   * Starts a Prometheus and waits until it is ready.
   *
   * @param config the text of its configuration
   * @param rulesFile the name of a rule file that the configuration speaks of, in the same folder
   * @param rules the text of that file
   */
  public PrometheusProcess(String config, String rulesFile, String rules) {
    folder.write(rulesFile, rules);
    List<String> argv =
        List.of(
            DebianProgram.PROMETHEUS.path().toString(),
            "--config.file=" + folder.write("prometheus.yml", config),
            "--storage.tsdb.path=" + folder.path().resolve("data"),
            "--web.listen-address=" + address);
    process = RealProcess.start("prometheus", folder.path(), argv);
    process.awaitReady(URI.create("http://" + address + "/-/ready"));
  }

  private static String config(Scraped scraped, List<String> alertmanagers) {
    return """
    global:
      scrape_interval: 250ms
      scrape_timeout: 250ms
      evaluation_interval: 250ms
    rule_files: [rules.yml]
    alerting:
      alertmanagers:
        - static_configs: [{targets: [%s]}]
    scrape_configs:
      - job_name: node
        static_configs: [{targets: ["%s"], labels: {instance: "%s"}}]
    """
        .formatted(
            String.join(", ", alertmanagers.stream().map(each -> '"' + each + '"').toList()),
            scraped.address(),
            scraped.instance());
  }

  /** Replaces its rule file, and has it read again. */
  public void reloadRules(String rulesFile, String rules) {
    folder.write(rulesFile, rules);
    process.signal("HUP");
  }

  /** HOST:PORT of its API. */
  public String address() {
    return address;
  }

  /** The values of a label over the series of an instant query. */
  public List<String> labels(String expression, String label) throws IOException {
    List<String> values = new ArrayList<>();
    result(expression).forEach(each -> values.add(each.path("metric").path(label).asText()));
    return values;
  }

  /** The value of an instant query's first series; empty if it has none. */
  public OptionalDouble query(String expression) throws IOException {
    JsonNode result = result(expression);
    return result.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(result.path(0).path("value").path(1).asDouble());
  }

  private JsonNode result(String expression) throws IOException {
    return Loopback.get(api("query", Map.of("query", expression))).json().at("/data/result");
  }

  /**
   * Its answer, whatever it is: what it does not understand it answers with an {@code error}.
   *
   * @param what {@code query} or {@code query_range}
   */
  public JsonNode ask(String what, Map<String, String> parameters) throws IOException {
    return new ObjectMapper().readTree(Loopback.get(api(what, parameters)).body());
  }

  private URI api(String what, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create("http://" + address + "/api/v1/" + what + "?" + query);
  }

  @Override
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
