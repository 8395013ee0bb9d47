package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Table.Colour;

/** How a target stands, the most pressing first. */
enum Standing {
  ESCALATED(Colour.RED),
  HELD(Colour.YELLOW),
  OPEN(Colour.YELLOW),
  ACTING(Colour.YELLOW),
  DECAYING(Colour.CYAN),
  PAUSED(Colour.CYAN),
  OK(Colour.GREEN);

  private final Colour colour;

  Standing(Colour colour) {
    this.colour = colour;
  }

  /** How a target of the API's answer stands. */
  static Standing of(JsonNode target) {
    JsonNode incident = target.path("incident");
    if (incident.path("escalation").isObject()) {
      return ESCALATED;
    }
    return switch (incident.path("state").asText("")) {
      case "acting" -> ACTING;
      case "decaying" -> DECAYING;
      case "" -> target.path("paused").isObject() ? PAUSED : OK;
      default -> target.path("held").isObject() ? HELD : OPEN;
    };
  }

  Table.Cell cell() {
    return new Table.Cell(name().toLowerCase(java.util.Locale.ROOT), colour);
  }
}
