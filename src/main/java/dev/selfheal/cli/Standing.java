package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Table.Colour;
import java.util.Locale;

/** How a target stands, the most pressing first. */
enum Standing {
  ESCALATED(Colour.RED),
  AWAITING_APPROVAL(Colour.RED),
  HELD(Colour.YELLOW),
  OPEN(Colour.YELLOW),
  ACTING(Colour.YELLOW),
  DECAYING(Colour.CYAN),
  PAUSED(Colour.CYAN),
  QUIET(Colour.CYAN),
  OBSERVING(Colour.CYAN),
  OK(Colour.GREEN);

  private final Colour colour;

  Standing(Colour colour) {
    this.colour = colour;
  }

  /** How a target of the API's answer stands. */
  static Standing of(JsonNode target) {
    JsonNode incident = target.path("incident");
    if (target.path("approval").isObject()) {
      return AWAITING_APPROVAL;
    }
    if (incident.path("escalation").isObject()) {
      return ESCALATED;
    }
    return switch (incident.path("state").asText("")) {
      case "acting" -> ACTING;
      case "decaying" -> DECAYING;
      case "" -> calm(target);
      default -> target.path("held").isObject() ? HELD : OPEN;
    };
  }

  /** Without an open incident. */
  private static Standing calm(JsonNode target) {
    if (target.path("paused").isObject()) {
      return PAUSED;
    }
    if (target.path("mode").asText("").equals("observe")) {
      return OBSERVING;
    }
    return target.path("quiet").isObject() ? QUIET : OK;
  }

  Table.Cell cell() {
    return new Table.Cell(name().toLowerCase(Locale.ROOT).replace('_', ' '), colour);
  }
}
