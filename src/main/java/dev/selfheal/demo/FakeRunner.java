package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A runner of the fake Ollama, as a process of its own. Its server commands it through its standard
 * input; when that ends, so does the runner.
 */
public final class FakeRunner {
  private static final int PIECE = 1 << 19;

  /** A load grows for 20 s, or as long as it lasts. */
  private static final int MOST_PIECES = 80;

  private static final Duration STEP = Duration.ofMillis(250);

  private final Time time = Time.real();
  private final RunnerServer server;
  private final Decoder decoder;
  private final RunnerLog log;

  /** The model's weights, which a load brings into memory piece by piece. */
  private final List<byte[]> weights = new ArrayList<>();

  private FakeRunner(FakeVersion version, Arguments arguments) {
    String gpu = arguments.get("--gpu-file", "");
    Path file = gpu.isEmpty() ? null : Path.of(gpu, Long.toString(ProcessHandle.current().pid()));
    log = new RunnerLog(System.err, version, file, arguments.number("--megabytes", 0));
    decoder = new Decoder(time, log);
    server = new RunnerServer(version, decoder);
  }

  /**
   * Runs until its standard input ends.
   *
   * @param args {@code --model FILE --port PORT}, and what only the fake knows: {@code --fake
   *     VERSION}, {@code --load-millis N}, {@code --gpu-file FOLDER}, {@code --megabytes N}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Arguments arguments = new Arguments(List.of(args));
    FakeVersion version = FakeVersion.valueOf(arguments.get("--fake", "PER_CALL"));
    FakeRunner runner = new FakeRunner(version, arguments);
    runner.server.open(arguments.number("--port", 0));
    Background.thread(runner.decoder).start();
    Background.run(() -> runner.load(Duration.ofMillis(arguments.number("--load-millis", 0))));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      runner.obey(line.split(" ", -1));
    }
  }

  private void load(Duration length) {
    try {
      for (Duration left = length; !left.isZero() && !left.isNegative(); left = left.minus(STEP)) {
        time.pauser().pause(STEP);
        if (weights.size() < MOST_PIECES) {
          weights.add(filled());
        }
      }
      log.busy(false);
      server.loaded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Pages that are only asked for are not resident. */
  private static byte[] filled() {
    byte[] some = new byte[PIECE];
    Arrays.fill(some, (byte) 1);
    return some;
  }

  private void obey(String[] words) {
    switch (words[0]) {
      case "spin", "wait", "go" ->
          decoder.mode(Decoder.Mode.valueOf(words[0].toUpperCase(Locale.ROOT)));
      case "prefill" ->
          decoder.pace(
              new Pace(
                  decoder.pace().rate(),
                  Duration.ofMillis(Long.parseLong(words[1])),
                  Pace.Reading.valueOf(words[2].toUpperCase(Locale.ROOT))));
      case "rate" ->
          decoder.pace(
              new Pace(
                  Integer.parseInt(words[1]), decoder.pace().prefill(), decoder.pace().reading()));
      default -> throw new IllegalArgumentException("a fake runner does not know " + words[0]);
    }
  }
}
