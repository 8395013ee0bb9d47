package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that operators get from this project, to be used as it is but for addresses and paths. A
 * passage that is to be replaced must be there: otherwise the file is not what the test takes it
 * for.
 */
record Shipped(String text) {

  /** A file, by its path from the root of the project. */
  static Shipped file(String path) {
    try {
      return new Shipped(Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines between two passages, neither of which belongs to them. */
  Shipped between(String before, String after) {
    assertThat(text).contains(before);
    int begin = text.indexOf(before) + before.length();
    int end = text.indexOf(after, begin);
    assertThat(end).as("the place of " + after).isPositive();
    return new Shipped(text.substring(begin, end));
  }

  /** The same with every occurrence of a passage replaced. */
  Shipped with(String passage, String replacement) {
    assertThat(text).contains(passage);
    return new Shipped(text.replace(passage, replacement));
  }

  /** The same with every occurrence of a passage replaced, from one passage up to another. */
  Shipped within(String from, String upTo, String passage, String replacement) {
    String part = between(from, upTo).text();
    return with(part, new Shipped(part).with(passage, replacement).text());
  }
}
