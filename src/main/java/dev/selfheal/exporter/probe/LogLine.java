package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Route;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of Ollama's log. Matched loosely, since builds differ in prefixes and words, but
 * from the line's beginning, so that text which a user sent and the server quotes is never
 * evidence. Takes time in proportion to the line, without backtracking.
 */
public final class LogLine {
  private static final LogEvent PROGRESS = new LogEvent.Progress();
  private static final LogEvent RUNNER_SPOKE = new LogEvent.RunnerSpoke();
  private static final LogEvent LOAD_STARTED = new LogEvent.LoadStarted();
  private static final LogEvent LOAD_FINISHED = new LogEvent.LoadFinished();

  private static final String GIN = "[GIN]";
  private static final int LONGEST_PREFIX = 60;
  private static final int LONGEST_HEAD = 200;

  private static final Map<String, Route> ROUTES =
      Map.ofEntries(
          Map.entry("/api/generate", Route.STREAMING),
          Map.entry("/api/chat", Route.STREAMING),
          Map.entry("/api/embed", Route.EMBEDDING),
          Map.entry("/api/embeddings", Route.EMBEDDING),
          Map.entry("/v1/chat/completions", Route.STREAMING),
          Map.entry("/v1/completions", Route.STREAMING),
          Map.entry("/v1/embeddings", Route.EMBEDDING),
          Map.entry("/v1/responses", Route.STREAMING),
          Map.entry("/v1/messages", Route.STREAMING),
          Map.entry("/v1/audio/transcriptions", Route.STREAMING));

  private LogLine() {}

  /** What the line says of the server's work; empty for every other line and any other text. */
  public static Optional<LogEvent> parse(String raw) {
    String line = raw.indexOf('\u001b') < 0 ? raw : withoutColours(raw);
    int start = afterPrefix(line);
    if (line.startsWith(GIN, start)) {
      return Optional.ofNullable(request(line, start));
    }
    if (line.startsWith("slot ", start)) {
      return Optional.of(isProgress(line, start) ? PROGRESS : RUNNER_SPOKE);
    }
    return line.startsWith("srv ", start)
        ? Optional.of(RUNNER_SPOKE)
        : Optional.ofNullable(load(line, start));
  }

  /**
   * Such as {@code 0.12.345.678 I }, which llama-server writes if it is not told to leave it out.
   */
  private static int afterPrefix(String line) {
    int most = Math.min(line.length(), LONGEST_PREFIX);
    for (int i = 0; i < most; i++) {
      if ("0123456789.:- IWED".indexOf(line.charAt(i)) < 0) {
        return i;
      }
    }
    return most;
  }

  /**
   * {@code slot FUNCTION: id 0 | task 3 | MESSAGE}. A line of timings without a count is written
   * when a call has ended by itself (it is left out when a call is cancelled), by the same loop
   * that decodes: it is progress too, and the only sign of calls too short for a count. Of those,
   * only {@code eval time} counts, also with {@code prompt} before it; the others are statistics.
   */
  private static boolean isProgress(String line, int start) {
    int first = line.indexOf('|', start);
    int second = first < 0 ? -1 : line.indexOf('|', first + 1);
    int from = second >= 0 ? second + 1 : Math.max(line.indexOf(':', start), start) + 1;
    while (from < line.length() && line.charAt(from) == ' ') {
      from++;
    }
    if (line.startsWith("prompt processing", from)) {
      return line.indexOf("progress", from) >= 0;
    }
    return line.startsWith("print_timing", start + "slot ".length())
        && (holdsCount(line, from) || isOfFinishedCall(line, from));
  }

  private static boolean holdsCount(String line, int from) {
    return line.indexOf("n_gen", from) >= 0
        || line.indexOf("n_decoded", from) >= 0
        || line.indexOf("progress", from) >= 0;
  }

  /** Older builds put line ends into one message, so its first line is empty. */
  private static boolean isOfFinishedCall(String line, int from) {
    return from == line.length()
        || line.startsWith("eval time", from)
        || line.startsWith("prompt eval time", from);
  }

  /** {@code [GIN] time | status | took | client | METHOD "path"}. */
  private static @Nullable LogEvent request(String line, int start) {
    int status = line.indexOf('|', start) + 1;
    int took = status == 0 ? 0 : line.indexOf('|', status) + 1;
    int client = took == 0 ? 0 : line.indexOf('|', took) + 1;
    int method = client == 0 ? 0 : line.indexOf('|', client) + 1;
    if (method == 0 || !line.substring(method).stripLeading().startsWith("POST ")) {
      return null;
    }
    Route route = ROUTES.get(path(line, method));
    int code = code(line.substring(status, took - 1).strip());
    return route == null || code == 0 ? null : new LogEvent.Completed(code, route);
  }

  private static String path(String line, int method) {
    int open = line.indexOf('"', method) + 1;
    int end = open;
    while (end < line.length() && line.charAt(end) != '"' && line.charAt(end) != '?') {
      end++;
    }
    return open == 0 ? "" : line.substring(open, end);
  }

  private static int code(String text) {
    boolean three = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return three && text.charAt(0) != '0' ? Integer.parseInt(text) : 0;
  }

  /** {@code time=… level=INFO source=… msg="starting runner" …}: nothing quoted before it. */
  private static @Nullable LogEvent load(String line, int start) {
    int key = line.indexOf("msg=", start);
    int quote = line.indexOf('"', start);
    int from = start;
    if (key >= 0 && key < LONGEST_HEAD && (quote < 0 || quote > key)) {
      from = key + "msg=".length() + (quote == key + "msg=".length() ? 1 : 0);
    }
    if (line.startsWith("starting runner", from)
        || line.startsWith("starting llama-server", from)
        || line.startsWith("starting llama server", from)) {
      return LOAD_STARTED;
    }
    boolean loaded =
        line.startsWith("llama runner started in", from)
            || line.startsWith("llama-server started in", from)
            || line.startsWith("runner started in", from);
    return loaded ? LOAD_FINISHED : null;
  }

  private static String withoutColours(String line) {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\u001b') {
        while (i < line.length() && !Character.isLetter(line.charAt(i))) {
          i++;
        }
      } else {
        out.append(line.charAt(i));
      }
    }
    return out.toString();
  }
}
