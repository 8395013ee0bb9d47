package dev.selfheal.config;

import java.util.regex.Pattern;

/**
 * A place in a YAML document.
 *
 * @param path such as {@code targets[1].match.instance}; empty for the document itself
 * @param offset characters from the start of the document, to report problems in its order
 */
record Place(String path, long offset) {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_<-]{1,63}");
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  static final Place DOCUMENT = new Place("", 0);

  Place key(String key, long keyOffset) {
    if (!PLAIN_KEY.matcher(key).matches()) {
      return new Place(path + "[" + Quoted.of(key) + "]", keyOffset);
    }
    return new Place(path.isEmpty() ? key : path + "." + key, keyOffset);
  }

  Place item(int index, long itemOffset) {
    return new Place(path + "[" + index + "]", itemOffset);
  }

  /** The path without its indexes, such as {@code targets[].match}: the same for every item. */
  String pattern() {
    return INDEX.matcher(path).replaceAll("[]");
  }
}
