package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.action.Host;
import dev.selfheal.action.HostReport;
import dev.selfheal.action.ServerProcess;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.verdict.ExporterPage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of a drill. What nothing can be drilled without hinders it in any case;
 * the other obstacles are those that a person may decide to pass over.
 *
 * @param hindranceOrNull why it is impossible; null if it is not
 * @param obstacles one line each
 * @param serverOrNull the server's process now
 */
record Readiness(
    @Nullable String hindranceOrNull,
    List<String> obstacles,
    @Nullable ServerProcess serverOrNull) {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** One restart, and one that is left for a freeze that nobody ordered. */
  private static final int LEAST_BUDGET = 2;

  /**
   * Looks at receiver and host.
   *
   * @param own how many requests in flight are the drill's own, at most
   */
  static Readiness of(ReceiverDesk desk, Host host, Clock clock, int own)
      throws InterruptedException {
    List<String> obstacles = new ArrayList<>();
    try {
      if (!desk.api().hindrance().isEmpty()) {
        return hindered("the receiver cannot be asked: " + desk.api().hindrance());
      }
      Optional<JsonNode> standing = desk.standing();
      if (standing.isEmpty()) {
        return hindered(
            "the receiver knows no target of this name: its configuration is another one, or it was not"
                + " reloaded: systemctl reload selfheal");
      }
      askReceiver(desk, standing.get(), obstacles);
    } catch (NoAnswerException e) {
      return hindered(
          "no receiver answers at %s, so nothing would be healed (%s): systemctl start selfheal"
              .formatted(desk.api().receiver().base(), e.why()));
    }
    return look(host.look(LOOK), obstacles, clock, own);
  }

  /**
   * What a drill of it comes to at once.
   *
   * @param force whether a person has decided to pass over what can be passed over
   * @return empty if nothing stands in the way
   */
  Optional<DrillReport> refusal(boolean force) {
    if (serverOrNull == null) {
      return Optional.of(DrillReport.refused(String.valueOf(hindranceOrNull), "selfheal verify"));
    }
    return obstacles.isEmpty() || force
        ? Optional.empty()
        : Optional.of(
            DrillReport.refused(
                String.join("; ", obstacles),
                "mend that or wait, or drill all the same with --force"));
  }

  /** The server's process, where nothing hinders. */
  ServerProcess server() {
    return Objects.requireNonNull(serverOrNull);
  }

  private static Readiness hindered(String why) {
    return new Readiness(why, List.of(), null);
  }

  private static void askReceiver(ReceiverDesk desk, JsonNode standing, List<String> obstacles)
      throws NoAnswerException, InterruptedException {
    if (standing.path("incident").isObject()) {
      obstacles.add("incident " + standing.path("incident").path("id") + " is open");
    }
    int budget = standing.path("budget_remaining").asInt();
    if (budget < LEAST_BUDGET) {
      obstacles.add(
          "its restart budget would fall below one: %d left, and the drill spends one"
              .formatted(budget));
    }
    String mode = standing.path("mode").asText("act");
    if (!mode.equals("act")) {
      obstacles.add("its mode is " + mode + ", so nothing would be restarted by itself");
    }
    JsonNode would = desk.rehearsal();
    if (!would.path("decision").asText().equals("restart")) {
      String until = would.path("until").asText("");
      String end = until.isEmpty() ? "" : ", until " + until;
      obstacles.add("its restart would be held: " + would.path("sentence").asText() + end);
    }
  }

  private static Readiness look(HostReport report, List<String> obstacles, Clock clock, int own) {
    if (!(report instanceof HostReport.Seen seen)) {
      return hindered("its host cannot be seen: " + ((HostReport.Unreadable) report).why());
    }
    Optional<ServerProcess> server = ServerProcess.of(seen);
    if (server.isEmpty()) {
      return hindered("its unit is not active, so there is nothing to freeze");
    }
    Optional<ExporterPage> page = HostWatch.page(seen, clock);
    Evidence evidence = HostWatch.evidence(seen, clock);
    if (page.isEmpty() || !page.get().fresh()) {
      String why = evidence instanceof Evidence.Unknown unknown ? unknown.why() : "";
      obstacles.add("nobody would see the freeze: " + why);
    } else {
      observe(page.get(), evidence, obstacles, own);
    }
    return new Readiness(null, List.copyOf(obstacles), server.get());
  }

  private static void observe(
      ExporterPage page, Evidence evidence, List<String> obstacles, int own) {
    if (evidence instanceof Evidence.Stalled stalled) {
      obstacles.add("it is frozen already: " + stalled.reason());
    } else if (evidence instanceof Evidence.Unknown unknown) {
      obstacles.add("nobody would see the freeze: " + unknown.why());
    }
    OptionalDouble inFlight = page.requestsInFlight();
    if (inFlight.isEmpty()) {
      obstacles.add("the exporter does not say whether requests of others are in flight");
    } else if (inFlight.getAsDouble() > own) {
      obstacles.add(
          "requests of others are in flight: %.0f".formatted(inFlight.getAsDouble() - own));
    }
  }
}
