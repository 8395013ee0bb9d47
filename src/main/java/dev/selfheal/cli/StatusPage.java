package dev.selfheal.cli;

import static dev.selfheal.cli.Answers.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Table.Cell;
import dev.selfheal.cli.Table.Colour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What {@code selfheal status} shows to people.
 *
 * @param colours whether to colour what matters
 */
record StatusPage(Words words, boolean colours) {

  /** The lines for these three lists of the API: the most pressing first, the newest first. */
  List<String> lines(JsonNode targets, JsonNode incidents, JsonNode attempts) {
    List<String> lines = new ArrayList<>(targets(targets));
    lines.add("");
    if (incidents.isEmpty()) {
      lines.add("No open incidents.");
    } else {
      lines.add("Open incidents:");
      lines.addAll(incidents(incidents));
    }
    lines.add("");
    if (attempts.isEmpty()) {
      lines.add("No attempts yet.");
    } else {
      lines.add("Last attempts:");
      lines.addAll(attempts(attempts));
    }
    return lines;
  }

  /** The line that stands above all while the kill switch is on, and an empty one. */
  List<String> killSwitch(JsonNode paused) {
    if (!paused.isObject()) {
      return List.of();
    }
    String reason = text(paused, "reason");
    String until = text(paused, "until");
    String line =
        "ALL TARGETS ARE PAUSED%s%s: selfheal resume --all"
            .formatted(
                reason.isEmpty() ? "" : " (" + reason + ")",
                until.isEmpty() ? "" : ", which ends " + words.when(until));
    return List.of(colours ? Colour.RED.paint(line) : line, "");
  }

  private List<String> targets(JsonNode targets) {
    Table table = new Table(colours, TargetRow.HEADERS);
    StreamSupport.stream(targets.spliterator(), false)
        .map(target -> new TargetRow(target, words))
        .sorted(Comparator.comparing(TargetRow::standing))
        .forEach(row -> table.row(row.cells()));
    return table.lines();
  }

  private List<String> incidents(JsonNode incidents) {
    Table table = new Table(colours, "ID", "TARGET", "STATE", "OPENED", "ALERTS");
    for (JsonNode incident : incidents) {
      table.row(
          plain(
              text(incident, "id"),
              text(incident, "target"),
              text(incident, "state"),
              words.when(text(incident, "opened_at")),
              alerts(incident)));
    }
    return table.lines();
  }

  private static String alerts(JsonNode incident) {
    int firing = incident.path("alerts_firing").asInt();
    return firing + " of " + incident.path("alerts_total").asInt() + " firing";
  }

  private List<String> attempts(JsonNode attempts) {
    Table table =
        new Table(colours, "ID", "TARGET", "ACTION", "STARTED", "TOOK", "CAUSE", "OUTCOME", "WHY");
    for (JsonNode attempt : attempts) {
      String outcome = text(attempt, "outcome");
      table.row(
          plain(
              text(attempt, "id"),
              text(attempt, "target"),
              text(attempt, "action"),
              words.when(text(attempt, "started_at")),
              dash(Words.between(text(attempt, "started_at"), text(attempt, "settled_at"))),
              text(attempt, "cause"),
              outcome.isEmpty() ? text(attempt, "state") : outcome,
              text(attempt, "sentence")));
    }
    return table.lines();
  }

  private static String dash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static List<Cell> plain(String... texts) {
    return List.of(texts).stream().map(Cell::plain).toList();
  }
}
