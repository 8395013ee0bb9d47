package dev.selfheal.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.Pattern;

/** What a YAML parser says about a syntax error, in one line. */
final class SyntaxMessage {
  /** The parser prints where it is and quotes the source on lines of this form. */
  private static final Pattern QUOTATION = Pattern.compile("^(\\s.*|in '.*|)$");

  /** Jackson shows the parser's own event here, which says nothing to an operator. */
  private static final Pattern INTERNALS = Pattern.compile(", got this instead: <.*");

  private SyntaxMessage() {}

  /**
   * Line, column and the parser's last word, which names the fault; the lines before it retell how
   * it got there.
   */
  static String of(JsonProcessingException failure) {
    List<String> said =
        failure
            .getOriginalMessage()
            .lines()
            .filter(line -> !QUOTATION.matcher(line).matches())
            .toList();
    String fault =
        said.isEmpty() ? "unreadable" : INTERNALS.matcher(said.get(said.size() - 1)).replaceAll("");
    JsonLocation at = failure.getLocation();
    return at == null
        ? "The file is not valid YAML: " + fault
        : "The file is not valid YAML at line %d, column %d: %s"
            .formatted(at.getLineNr(), at.getColumnNr(), fault);
  }

  /** Says where the document holds a character that YAML forbids. */
  static String ofUnprintable(String document, int offset) {
    long line = 1 + document.substring(0, offset).chars().filter(c -> c == '\n').count();
    return "The file is not valid YAML at line %d: it holds the control character U+%04X"
        .formatted(line, (int) document.charAt(offset));
  }
}
