package dev.selfheal.exporter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.exporter.probe.Reel;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a host shows, round by round, in the text of its tools, so that it can be replayed
 * elsewhere. When the file cannot be written any more, the recording ends, and nothing else.
 */
public final class Recorder implements Consumer<Sample>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int FORMAT = 1;

  private final Path path;
  private final RecordingFile file;
  private final Reel reel;
  private final int apiPort;
  private final LongSupplier ticker;
  private final RecordedSample samples = new RecordedSample(JSON);
  private boolean begun;
  private boolean ended;
  private long first;

  Recorder(Path path, RecordingFile file, Reel reel, int apiPort, LongSupplier ticker) {
    this.path = path;
    this.file = file;
    this.reel = reel;
    this.apiPort = apiPort;
    this.ticker = ticker;
  }

  /**
   * Makes a new file for a recording.
   *
   * @param reel where the probes leave their text
   * @param apiPort the port of the API
   * @param ticker nanoseconds of a steady clock
   * @throws IOException if the file exists or cannot be made; the message says what to do
   */
  public static Recorder open(Path path, Reel reel, int apiPort, LongSupplier ticker)
      throws IOException {
    return new Recorder(path, RecordingFile.create(path), reel, apiPort, ticker);
  }

  /** Records the text behind a sample. */
  @Override
  public void accept(Sample sample) {
    if (ended) {
      return;
    }
    long now = ticker.getAsLong();
    try {
      if (!begun) {
        file.write(header(sample).toString());
        begun = true;
        first = now;
      }
      file.write(samples.line(sample, reel.take(), (now - first) / 1_000_000).toString());
    } catch (IOException e) {
      end();
      LOG.error(
          "--record: the recording ends here, {} cannot be written ({}); the exporter goes on",
          path,
          e.getMessage());
    }
  }

  /** Ends the recording. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    try {
      ended = true;
      reel.end();
      file.close();
    } catch (IOException e) {
      LOG.error("--record: the end of {} cannot be written ({})", path, e.getMessage());
    }
  }

  private void end() {
    ended = true;
    reel.end();
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("what cannot be written cannot be closed: {}", e.getMessage());
    }
  }

  private ObjectNode header(Sample sample) {
    String version =
        sample.api().version() instanceof Answer.Good<String> good ? good.body() : "unknown";
    String name = String.valueOf(path.getFileName());
    return JSON.createObjectNode()
        .put("format", FORMAT)
        .put("ollama", version)
        .put("api_port", apiPort)
        .put("name", name.replaceFirst("(\\.jsonl?)?(\\.gz)?$", ""))
        .put("expect", "unknown")
        .put("note", "recorded by selfheal exporter; log lines are excerpts, addresses stand-ins");
  }
}
