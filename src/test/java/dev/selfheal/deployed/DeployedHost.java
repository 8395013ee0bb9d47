package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A host on which all is deployed, asked as its operator would ask it. */
final class DeployedHost {
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final Duration SEEN = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Machine machine;

  DeployedHost(Machine machine) {
    this.machine = machine;
  }

  /**
   * Does what a section says behind the prompt {@code "# "}, with the package in root's home. It
   * proves itself only when all has been scraped and evaluated, as the page says.
   */
  void follow(OperatorsPage section) {
    bring(Deb.path());
    for (String command : section.commands("# ")) {
      if (command.equals("selfheal verify")) {
        awaitWhole();
      }
      type(command);
    }
  }

  /** Copies a package into root's home, under its own name. */
  void bring(Path deb) {
    machine.copyIn(deb, "/root/" + deb.getFileName());
  }

  /** Types a line into root's shell, which must succeed. */
  String type(String line) {
    String home = "cd; export DEBIAN_FRONTEND=noninteractive; ";
    return machine.run(COMMAND, "sh", "-euc", home + line).output();
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

    private Stream<JsonNode> stream() {
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

  /**
   * Waits until only this link is broken, and its mend says that. What is broken in another program
   * shows there a moment later.
   */
  private void awaitBroken(String link, String mend) {
    await(link + " is broken")
        .atMost(SEEN)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              Verified now = verify();
              assertThat(now.broken()).as("%s", now.ran()).containsExactly(link);
              assertThat(now.mend()).contains(mend);
              assertThat(now.ran().exitCode()).isEqualTo(1);
            });
  }

  /** Breaks a link, waits until it is named alone, and mends it until all hold again. */
  void assertBroken(Runnable breaks, String link, String mend, Runnable mends) {
    try {
      breaks.run();
      awaitBroken(link, mend);
    } finally {
      mends.run();
    }
    awaitWhole();
  }

  /** The last attempts with this outcome, as {@code selfheal status} shows them. */
  List<JsonNode> attempts(String outcome) {
    return list("attempts").filter(each -> each.path("outcome").asText().equals(outcome)).toList();
  }

  /** The open incidents, as {@code selfheal status} shows them. */
  List<JsonNode> incidents() {
    return list("incidents").toList();
  }

  private Stream<JsonNode> list(String name) {
    return StreamSupport.stream(status().path(name).spliterator(), false);
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
