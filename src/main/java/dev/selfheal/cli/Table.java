package dev.selfheal.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns; numbers stand at the right of theirs. */
final class Table {
  private static final String GAP = "  ";

  private final boolean colours;
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(boolean colours, String... headers) {
    this.colours = colours;
    row(List.of(headers).stream().map(Cell::plain).toList());
  }

  /**
   * A piece of the table.
   *
   * @param text fit for a terminal
   */
  record Cell(String text, Colour colour) {
    static Cell plain(String text) {
      return new Cell(text, Colour.NONE);
    }

    int width() {
      return text.codePointCount(0, text.length());
    }

    boolean isNumber() {
      return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  /** The colours of ECMA-48 that mean something here. */
  enum Colour {
    NONE(""),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String code;

    Colour(String code) {
      this.code = code;
    }

    String paint(String text) {
      return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  }

  Table row(List<Cell> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The table's lines, without spaces at their ends. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<Cell> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String space = " ".repeat(width(i) - cell.width());
      String text = colours ? cell.colour().paint(cell.text()) : cell.text();
      line.append(i == 0 ? "" : GAP).append(isRight(i) ? space + text : text + space);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(cells -> cells.get(column).width()).max().orElse(0);
  }

  private boolean isRight(int column) {
    return rows.size() > 1 && rows.stream().skip(1).allMatch(cells -> cells.get(column).isNumber());
  }
}
