package dev.selfheal.cli;

import static dev.selfheal.cli.Answers.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Table.Cell;
import java.util.ArrayList;
import java.util.List;

/** The line of one target. */
record TargetRow(JsonNode target, Words words) {
  static final String[] HEADERS = {"TARGET", "STATE", "BUDGET LEFT", "LAST ATTEMPT", "WHY"};

  Standing standing() {
    return Standing.of(target);
  }

  List<Cell> cells() {
    return List.of(
        Cell.plain(text(target, "name")),
        standing().cell(),
        Cell.plain(text(target, "budget_remaining")),
        Cell.plain(lastAttempt()),
        Cell.plain(String.join("; ", whys())));
  }

  private String lastAttempt() {
    JsonNode last = target.path("last_attempt");
    if (!last.isObject()) {
      return "-";
    }
    return switch (text(last, "state")) {
      case "started" -> "started " + words.when(text(last, "started_at"));
      case "awaiting_approval" -> "waits for approval of " + text(last, "id");
      default -> text(last, "outcome") + " " + words.when(text(last, "settled_at"));
    };
  }

  /** What keeps the target from being restarted, each once. */
  private List<String> whys() {
    List<String> whys = new ArrayList<>();
    JsonNode escalation = target.path("incident").path("escalation");
    JsonNode paused = target.path("paused");
    JsonNode held = target.path("held");
    if (escalation.isObject()) {
      whys.add(text(escalation, "sentence") + " (" + words.when(text(escalation, "since")) + ")");
    }
    if (held.isObject() && !isToldBy(text(held, "reason"), escalation, paused)) {
      whys.add(text(held, "sentence") + end(held));
    }
    if (paused.isObject()) {
      whys.add(paused(paused));
    }
    return whys;
  }

  private static boolean isToldBy(String reason, JsonNode escalation, JsonNode paused) {
    return switch (reason) {
      case "escalated" -> escalation.isObject();
      case "paused" -> paused.isObject();
      default -> escalation.isObject() && reason.equals(text(escalation, "reason"));
    };
  }

  private String paused(JsonNode paused) {
    String reason = text(paused, "reason");
    String end = end(paused);
    return (reason.isEmpty() ? "paused by an operator" : "paused: " + reason)
        + (end.isEmpty() ? " (until resumed)" : end);
  }

  private String end(JsonNode hold) {
    String until = text(hold, "until");
    boolean deadline = text(hold, "reason").equals("attempt_running");
    return until.isEmpty() || deadline ? "" : " (ends " + words.when(until) + ")";
  }
}
