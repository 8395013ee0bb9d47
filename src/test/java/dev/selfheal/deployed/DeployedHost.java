package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A host on which all is deployed, asked as its operator would ask it. */
final class DeployedHost {
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Machine machine;

  DeployedHost(Machine machine) {
    this.machine = machine;
  }

  /** Runs commands in root's home, where the package lies, each of which must succeed. */
  void follow(List<String> commands) {
    for (String command : commands) {
      machine
          .run(COMMAND, "sh", "-ec", "cd; export DEBIAN_FRONTEND=noninteractive; " + command)
          .output();
    }
  }

  /** What {@code selfheal verify} finds now. */
  record Verified(Ran ran, JsonNode checks) {

    /** The links that do not hold, as {@code check} or {@code check target}. */
    List<String> broken() {
      return stream().filter(each -> state(each).equals("failed")).map(Verified::name).toList();
    }

    /** The links that nobody could judge, for a reason other than another link's failure. */
    List<String> open() {
      return stream()
          .filter(each -> state(each).equals("not_applicable"))
          .map(Verified::name)
          .toList();
    }

    /** How to mend the first that failed. */
    String mend() {
      return checks.path(0).path("mend").asText();
    }

    private java.util.stream.Stream<JsonNode> stream() {
      return StreamSupport.stream(checks.spliterator(), false);
    }

    private static String state(JsonNode check) {
      return check.path("state").asText();
    }

    private static String name(JsonNode check) {
      return (check.path("check").asText() + " " + check.path("target").asText()).strip();
    }
  }

  Verified verify() {
    Ran ran = machine.run(COMMAND, "selfheal", "verify", "--json");
    try {
      return new Verified(ran, JSON.readTree(ran.out()).path("checks"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until every link holds, and none is left unjudged. */
  void awaitWhole() {
    await("all links hold")
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              Verified now = verify();
              assertThat(now.broken()).as("%s", now.ran()).isEmpty();
              assertThat(now.open()).as("%s", now.ran()).isEmpty();
              assertThat(now.ran().exitCode()).isZero();
            });
  }

  /** What {@code selfheal status --json} shows. */
  JsonNode status() {
    try {
      return JSON.readTree(machine.run("selfheal", "status", "--json").output());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
