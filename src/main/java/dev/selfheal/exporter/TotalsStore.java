package dev.selfheal.exporter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.exporter.detect.RunnerId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the totals in a small file, so that counters do not start anew with the exporter. Whatever
 * is wrong with the file, the exporter goes on: it says so once and counts from zero.
 */
public final class TotalsStore {
  private static final Logger LOG = LoggerFactory.getLogger(TotalsStore.class);
  private static final int MOST_BYTES = 1 << 20;
  private static final int FORMAT = 1;

  /** More is no count but damage; doubles, as Prometheus has them, are exact up to here. */
  private static final long MOST = 1L << 53;

  private static final JsonMapper JSON = new JsonMapper();

  private final AtomicFile file;
  private final boolean saves;
  private @Nullable Totals saved;
  private boolean told;

  /** Keeps them in this file; its folder should exist. */
  public TotalsStore(Path path) {
    this(path, true);
  }

  private TotalsStore(Path path, boolean saves) {
    this.file = new AtomicFile(path, AtomicFile.FOR_ITS_OWNER);
    this.saves = saves;
  }

  /** Reads this file, which belongs to another exporter, and never writes it. */
  public static TotalsStore readOnly(Path path) {
    return new TotalsStore(path, false);
  }

  /** What was saved; zero if nothing was, or it cannot be read. */
  public Totals load() {
    try (InputStream in = Files.newInputStream(file.path())) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than 1 MiB");
      }
      return read(JSON.readTree(bytes));
    } catch (NoSuchFileException e) {
      return Totals.NONE;
    } catch (JsonProcessingException e) {
      LOG.warn("exporter.state: {} is damaged: counters start anew", file.path());
    } catch (IOException e) {
      LOG.warn(
          "exporter.state: {} cannot be read ({}: {}): counters start anew; let the exporter's user"
              + " read it, or remove it",
          file.path(),
          e.getClass().getSimpleName(),
          e.getMessage());
    }
    return Totals.NONE;
  }

  /** Saves them, if they have changed and this store may. */
  public void save(Totals totals) {
    if (!saves || totals.equals(saved)) {
      return;
    }
    try {
      file.replace(write(totals).toString());
      saved = totals;
      told = false;
    } catch (IOException e) {
      if (!told) {
        told = true;
        LOG.warn(
            "exporter.state: {} cannot be written ({}: {}): counters will start anew with the"
                + " exporter; create its folder, or name another file",
            file.path(),
            e.getClass().getSimpleName(),
            e.getMessage());
      }
    }
  }

  private static ObjectNode write(Totals totals) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
    totals.completed().forEach(root.putObject("completed")::put);
    totals.canaries().forEach(root.putObject("canaries")::put);
    root.put("runner_cpu_ms", totals.runnerCpu().toMillis());
    totals
        .seen()
        .forEach(
            (id, cpu) ->
                root.withArray("/runners")
                    .addObject()
                    .put("pid", id.pid())
                    .put("start", id.startTicks())
                    .put("cpu_ms", cpu.toMillis()));
    return root;
  }

  private static Totals read(@Nullable JsonNode root) throws IOException {
    if (root == null || root.path("format").asInt() != FORMAT) {
      throw new IOException("it is of no known format");
    }
    Map<RunnerId, Duration> seen = new HashMap<>();
    for (JsonNode runner : root.path("runners")) {
      seen.put(
          new RunnerId(count(runner.path("pid")), count(runner.path("start"))),
          Duration.ofMillis(count(runner.path("cpu_ms"))));
    }
    return new Totals(
        counts(root.path("completed")),
        Duration.ofMillis(count(root.path("runner_cpu_ms"))),
        seen,
        counts(root.path("canaries")));
  }

  private static Map<String, Long> counts(JsonNode node) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      counts.put(entry.getKey(), count(entry.getValue()));
    }
    return counts;
  }

  private static long count(JsonNode number) throws IOException {
    if (!number.isIntegralNumber()
        || !number.canConvertToLong()
        || number.longValue() < 0
        || number.longValue() > MOST) {
      throw new IOException("it holds something that is no count");
    }
    return number.longValue();
  }
}
