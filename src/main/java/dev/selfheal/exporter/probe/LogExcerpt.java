package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LogEvent;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a line of the log may be recorded: as much as {@link LogLine} needs, and nothing that a
 * user has sent or that tells who it was.
 */
final class LogExcerpt {
  private static final Pattern REQUEST =
      Pattern.compile(
          "\\[GIN\\]([-/: 0-9]*\\|[ 0-9]*\\|[ .0-9a-zµ?]*\\|)[^|]*\\|( *POST +\"/[a-z0-9/]*).*");

  /** A statistic of a runner, without what is no number or word of it. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  private static final Set<String> WORDS =
      Set.of(
          ("slot print_timing update_slots id task prompt processing progress batch eval time total"
                  + " n_gen n_decoded n_past n_tokens n_prompt_tokens n_ctx n_tokens_total tg ms"
                  + " token tokens per second s t I W E D")
              .split(" "));

  private static final Pattern SPEAKER =
      Pattern.compile("[-0-9.: IWED]*(?:slot|srv) +[a-z_]{0,20}");

  private static final int LONGEST = 256;

  private LogExcerpt() {}

  /** The excerpt, which says the same to {@link LogLine}; empty if there is none. */
  static Optional<String> of(String line, LogEvent event) {
    return text(line, event)
        .filter(excerpt -> LogLine.parse(excerpt).filter(event::equals).isPresent());
  }

  private static Optional<String> text(String line, LogEvent event) {
    if (event instanceof LogEvent.LoadStarted) {
      return Optional.of("msg=\"starting runner\"");
    } else if (event instanceof LogEvent.LoadFinished) {
      return Optional.of("msg=\"llama runner started in\"");
    } else if (event instanceof LogEvent.Completed) {
      Matcher request = REQUEST.matcher(line);
      return request.find()
          ? Optional.of("[GIN]" + request.group(1) + " client |" + request.group(2) + '"')
          : Optional.empty();
    } else if (event instanceof LogEvent.RunnerSpoke) {
      Matcher speaker = SPEAKER.matcher(line);
      return speaker.lookingAt() ? Optional.of(speaker.group()) : Optional.empty();
    }
    return Optional.of(statistic(line.substring(0, Math.min(line.length(), LONGEST))));
  }

  private static String statistic(String line) {
    return WORD.matcher(line)
        .replaceAll(word -> WORDS.contains(word.group()) ? word.group() : "?")
        .replaceAll("[^-+=.,:;|/%()_?0-9A-Za-z ]", "?");
  }
}
