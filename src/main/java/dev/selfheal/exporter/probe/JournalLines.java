package dev.selfheal.exporter.probe;

import java.util.Optional;

/**
 * Finds the message in a line of {@code journalctl -o json}. Reads no further than the beginning of
 * the message, which is all that {@link LogLine} needs, so it is cheap, needs no whole line, and
 * makes no copy of a long text.
 */
public final class JournalLines {

  /** Characters of a message that are read. */
  static final int LONGEST = 256;

  /** Unescaped quotes cannot be part of a JSON string, so this can only be the member's name. */
  private static final byte[] NAME = {'"', 'M', 'E', 'S', 'S', 'A', 'G', 'E', '"'};

  private JournalLines() {}

  /** Whether these bytes are an entry of the journal, and not a notice of the tool. */
  static boolean isEntry(byte[] line, int from, int to) {
    return from < to && line[from] == '{';
  }

  /**
   * The message's first 256 characters, with a question mark for each byte that is not ASCII. The
   * journal writes a message with control characters as an array of its bytes, and one of over 4
   * KiB as null.
   *
   * @return empty if there is none, or it is null
   */
  public static Optional<String> message(byte[] line, int from, int to) {
    int at = afterName(line, from, to);
    at = skip(line, at, to, ':');
    at = at < to && line[at] == '[' ? skip(line, at, to, '[') : at;
    if (at >= to) {
      return Optional.empty();
    }
    if (line[at] == '"') {
      return Optional.of(text(line, at + 1, to));
    }
    return isDigit(line[at]) ? Optional.of(bytes(line, at, to)) : Optional.empty();
  }

  private static int afterName(byte[] line, int from, int to) {
    for (int at = from; at + NAME.length < to; at++) {
      if (line[at] == '"' && line[at + 1] == 'M' && isName(line, at)) {
        return at + NAME.length;
      }
    }
    return to;
  }

  private static boolean isName(byte[] line, int at) {
    for (int i = 0; i < NAME.length; i++) {
      if (line[at + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  /** Past one such sign and the spaces around it; the end, if another sign comes. */
  private static int skip(byte[] line, int from, int to, char sign) {
    int at = spaces(line, from, to);
    return at < to && line[at] == sign ? spaces(line, at + 1, to) : to;
  }

  private static int spaces(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] == ' ') {
      at++;
    }
    return at;
  }

  private static String text(byte[] line, int from, int to) {
    StringBuilder out = new StringBuilder(LONGEST);
    for (int at = from; at < to && line[at] != '"' && out.length() < LONGEST; at++) {
      if (line[at] != '\\') {
        out.append(ascii(line[at]));
      } else if (++at < to) {
        out.append(unescaped(line, at, to));
        at += line[at] == 'u' ? 4 : 0;
      }
    }
    return out.toString();
  }

  private static char unescaped(byte[] line, int at, int to) {
    return switch (line[at]) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> ascii(hex(line, at + 1, to));
      default -> ascii(line[at]);
    };
  }

  /** The code of four hexadecimal digits; -1 for anything else. */
  private static int hex(byte[] line, int from, int to) {
    int code = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = at < to ? Character.digit(line[at], 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private static String bytes(byte[] line, int from, int to) {
    StringBuilder out = new StringBuilder(LONGEST);
    int at = from;
    while (at < to && isDigit(line[at]) && out.length() < LONGEST) {
      int code = 0;
      for (; at < to && isDigit(line[at]); at++) {
        code = Math.min(code * 10 + line[at] - '0', 1000);
      }
      out.append(ascii(code));
      at = skip(line, at, to, ',');
    }
    return out.toString();
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static char ascii(int code) {
    return code >= 0 && code < 0x80 ? (char) code : '?';
  }
}
