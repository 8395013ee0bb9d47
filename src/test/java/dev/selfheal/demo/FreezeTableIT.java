package dev.selfheal.demo;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped exporter looks at a real process tree in every state of the table, and must tell the
 * frozen from the healthy. What spins runs one after the other, since this takes a core; beside it
 * the other rows run.
 */
class FreezeTableIT {
  private static final List<String> TOLD = new ArrayList<>();

  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicNode> everyRowGetsItsVerdict() throws IOException {
    List<Lane> lanes = FreezeTable.lanes();
    for (Lane lane : lanes) {
      Path own = Files.createDirectory(folder.resolve("lane" + lanes.indexOf(lane)));
      Background.thread(() -> lane.play(own)).start();
    }
    return lanes.stream()
        .map(
            lane ->
                dynamicContainer(lane.name(), lane.rows().stream().map(row -> test(lane, row))));
  }

  private static DynamicNode test(Lane lane, TableRow row) {
    return dynamicTest(
        row.name(), () -> TOLD.add(lane.name() + ", " + row.name() + ": " + lane.verdict(row)));
  }

  /** For whoever wants to know how long it took to find each. */
  @AfterAll
  static void tell() throws IOException {
    Files.write(Path.of("target", "freeze-table.txt"), TOLD);
  }
}
