package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** A text file that is shipped inside the jar, with a few of its lines changed for the demo. */
record Shipped(String name, String text) {

  /** The text of a file beside these classes. */
  static String text(String name) throws IOException {
    try (InputStream in = Shipped.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the file " + name + " is missing in this jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** The file as it is shipped. */
  static Shipped file(String name) throws IOException {
    return new Shipped(name, text(name));
  }

  /**
   * The file with one text in the place of another.
   *
   * @throws IOException if it does not hold that: it has changed, and the demo would show something
   *     else than is shipped
   */
  Shipped with(String old, String replacement) throws IOException {
    if (!text.contains(old)) {
      throw new IOException("the shipped " + name + " has no \"" + old + "\": report this, please");
    }
    return new Shipped(name, text.replace(old, replacement));
  }
}
