package dev.selfheal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.selfheal.cli.Table.Cell;
import dev.selfheal.cli.Table.Colour;
import dev.selfheal.verify.CheckResult;
import dev.selfheal.verify.Finding;
import dev.selfheal.verify.VerifyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code selfheal verify} shows.
 *
 * @param colours whether to colour what matters
 */
record VerifyPage(VerifyReport report, boolean colours) {

  /** For people: a line for each check, problems first, each with its mend below. */
  List<String> lines() {
    Table table = new Table(colours, "CHECK", "TARGET", "STATE", "SEEN");
    report.findings().forEach(each -> table.row(cells(each)));
    List<String> rows = table.lines();
    List<String> lines = new ArrayList<>(List.of(rows.get(0)));
    for (int i = 0; i < report.findings().size(); i++) {
      lines.add(rows.get(i + 1));
      if (report.findings().get(i).result() instanceof CheckResult.Failed failed) {
        lines.add("    mend: " + Harmless.text(failed.mend()));
      }
    }
    lines.add("");
    lines.add(summary());
    return lines;
  }

  private String summary() {
    long failed = report.findings().stream().filter(Finding::failed).count();
    long good = report.findings().stream().filter(each -> state(each).equals("ok")).count();
    long rest = report.findings().size() - failed - good;
    return "%s: %d failed, %d ok, %d not applicable"
        .formatted(report.good() ? "All links hold" : "Broken", failed, good, rest);
  }

  /** For scripts: one object, indented. */
  List<String> json() throws IOException {
    byte[] object =
        Json.object(
            json -> {
              json.writeBooleanField("verified", report.good());
              json.writeStringField("checked_at", report.at().toString());
              json.writeArrayFieldStart("checks");
              for (Finding each : report.findings()) {
                write(each, json);
              }
              json.writeEndArray();
            });
    return List.of(Json.merged(List.of(new String(object, StandardCharsets.UTF_8))));
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("check", finding.name().word());
    json.writeStringField("target", finding.target());
    json.writeStringField("state", state(finding).replace(' ', '_'));
    json.writeStringField("seen", finding.result().seen());
    if (finding.result() instanceof CheckResult.Failed failed) {
      json.writeStringField("mend", failed.mend());
    }
    json.writeEndObject();
  }

  private static List<Cell> cells(Finding finding) {
    return List.of(
        Cell.plain(finding.name().word()),
        Cell.plain(finding.target().isEmpty() ? "-" : finding.target()),
        new Cell(state(finding), colour(finding)),
        Cell.plain(Harmless.text(finding.result().seen())));
  }

  private static String state(Finding finding) {
    if (finding.failed()) {
      return "failed";
    }
    return finding.result() instanceof CheckResult.Ok ? "ok" : "not applicable";
  }

  private static Colour colour(Finding finding) {
    return switch (state(finding)) {
      case "failed" -> Colour.RED;
      case "ok" -> Colour.GREEN;
      default -> Colour.NONE;
    };
  }
}
