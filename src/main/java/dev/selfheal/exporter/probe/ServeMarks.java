package dev.selfheal.exporter.probe;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what the server of one Ollama is recognised.
 *
 * @param unit its systemd unit, whose main process it is; null if it has none, as in a container
 * @param commandLine what is found in its arguments, joined with spaces, where systemd does not
 *     know it
 */
public record ServeMarks(@Nullable String unit, Pattern commandLine) {
  /** {@code ollama serve}, wherever the program lies. */
  public static final Pattern OLLAMA_SERVE = Pattern.compile("^(\\S*/)?ollama serve( |$)");
}
