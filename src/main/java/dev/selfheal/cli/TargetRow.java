package dev.selfheal.cli;

import static dev.selfheal.cli.Answers.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Table.Cell;
import java.util.ArrayList;
import java.util.List;

/** The line of one target. */
record TargetRow(JsonNode target, Words words) {
  static final String[] HEADERS = {"TARGET", "STATE", "MODE", "BUDGET LEFT", "LAST ATTEMPT", "WHY"};

  Standing standing() {
    return Standing.of(target);
  }

  List<Cell> cells() {
    return List.of(
        Cell.plain(text(target, "name")),
        standing().cell(),
        Cell.plain(text(target, "mode")),
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
      case "awaiting_approval" -> text(last, "id") + " waits for approval";
      default -> text(last, "outcome") + " " + words.when(text(last, "settled_at"));
    };
  }

  /** What keeps the target from being restarted, each once. */
  private List<String> whys() {
    List<String> whys = new ArrayList<>();
    JsonNode escalation = target.path("incident").path("escalation");
    JsonNode paused = target.path("paused");
    JsonNode held = target.path("held");
    JsonNode approval = target.path("approval");
    if (approval.isObject()) {
      whys.add(approval(approval));
    }
    if (escalation.isObject() && !text(escalation, "reason").equals("awaiting_approval")) {
      whys.add(text(escalation, "sentence") + " (" + words.when(text(escalation, "since")) + ")");
    }
    if (held.isObject() && !isToldBy(text(held, "reason"), escalation)) {
      whys.add(text(held, "sentence") + end(held));
    }
    if (paused.isObject()) {
      whys.add(paused(paused));
    }
    if (target.path("quiet").isObject() && !text(held, "reason").equals("quiet_hours")) {
      String end = end(target.path("quiet"));
      whys.add("quiet hours" + (end.isEmpty() ? " (the whole week)" : end));
    }
    if (text(target, "mode").equals("observe") && target.path("incident").isObject()) {
      whys.add("observe mode: a restart is only recorded");
    }
    return whys;
  }

  /** A usual restart is what everybody expects; who consents to more must see it. */
  private String approval(JsonNode approval) {
    String action = text(approval, "action");
    boolean usual = action.isEmpty() || action.equals("restart");
    return "run selfheal approve %s (%sends %s)"
        .formatted(
            text(approval, "attempt"),
            usual ? "" : "action " + action + ", ",
            words.when(text(approval, "expires")));
  }

  private boolean isToldBy(String reason, JsonNode escalation) {
    return switch (reason) {
      case "escalated" -> escalation.isObject();
      case "paused" -> target.path("paused").isObject();
      case "awaiting_approval" -> target.path("approval").isObject();
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
