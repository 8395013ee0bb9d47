package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.selfheal.cli.Table.Cell;
import dev.selfheal.cli.Table.Colour;
import dev.selfheal.drill.DrillPlan;
import dev.selfheal.drill.DrillReport;
import dev.selfheal.drill.DrillReport.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code selfheal drill} shows.
 *
 * @param colours whether to colour what matters
 */
record DrillPage(DrillPlan plan, boolean colours) {

  /** A stage, while it happens. */
  static String line(Moment moment) {
    return String.format(
        Locale.ROOT,
        "%7.1f s  %-9s %s",
        seconds(moment.after()),
        moment.stage().word(),
        Harmless.text(moment.seen()));
  }

  /** The end. */
  List<String> verdict(DrillReport report) {
    String name = plan.target().name() + ": ";
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        paint(report.ending().word(), report.passed() ? Colour.GREEN : Colour.RED)
            + ": "
            + name
            + Harmless.text(report.verdict()));
    if (!report.mend().isEmpty()) {
      lines.add("    mend: " + Harmless.text(report.mend()));
    }
    lines.add("now: " + Harmless.text(report.left()));
    return lines;
  }

  private String paint(String word, Colour colour) {
    return colours ? colour.paint(word) : new Cell(word, colour).text();
  }

  /** For scripts: one object. */
  String json(DrillReport report) throws IOException {
    byte[] object =
        Json.object(
            json -> {
              json.writeStringField("target", plan.target().name());
              json.writeBooleanField("passed", report.passed());
              json.writeBooleanField("refused", report.refused());
              json.writeNumberField("seconds", seconds(report.took()));
              json.writeNumberField("within_seconds", seconds(plan.within()));
              json.writeStringField("verdict", report.verdict());
              json.writeStringField("mend", report.mend());
              json.writeStringField("left", report.left());
              stages(json, report.moments());
            });
    return Json.merged(List.of(new String(object, StandardCharsets.UTF_8)));
  }

  private static void stages(JsonGenerator json, List<Moment> moments) throws IOException {
    json.writeArrayFieldStart("stages");
    for (Moment moment : moments) {
      json.writeStartObject();
      json.writeStringField("stage", moment.stage().word());
      json.writeNumberField("seconds", seconds(moment.after()));
      json.writeStringField("seen", moment.seen());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
