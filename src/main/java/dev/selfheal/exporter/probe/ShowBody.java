package dev.selfheal.exporter.probe;

import dev.selfheal.ollama.JsonBody;
import dev.selfheal.ollama.OddBodyException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code /api/show}, as far as it names the file of a model's weights. */
final class ShowBody {

  /** The first FROM is the model; a second one may be its projector for images. */
  private static final Pattern FROM =
      Pattern.compile(
          "(?m)^FROM [^\\r\\n]{0,4096}[/\\\\]blobs[/\\\\](sha256-[0-9a-f]{1,64})[ \\t]*\\r?$");

  private static final Pattern ANY_FROM = Pattern.compile("(?m)^FROM ");

  private ShowBody() {}

  /** The file name of its weights; empty for a model that was not made from a file. */
  static Optional<String> read(byte[] body) throws OddBodyException {
    String modelfile = JsonBody.object(body).path("modelfile").asText("");
    Matcher first = ANY_FROM.matcher(modelfile);
    Matcher named = FROM.matcher(modelfile);
    return first.find() && named.find() && named.start() == first.start()
        ? Optional.of(named.group(1))
        : Optional.empty();
  }
}
