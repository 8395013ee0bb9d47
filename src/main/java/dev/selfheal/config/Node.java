package dev.selfheal.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A piece of a YAML document that knows its place. */
sealed interface Node {
  Place place();

  /** What stands here, as the end of a sentence: "found …". */
  String description();

  /** Whether nothing stands here: all keys or items below may be commented out. */
  default boolean isNothing() {
    return false;
  }

  /** This node with each of its children replaced. */
  default Node mapChildren(UnaryOperator<Node> change) {
    return this;
  }

  /** A mapping with no other keys than these; anything else as it is. */
  default Node only(Set<String> keys) {
    return this;
  }

  /** A mapping, its keys in the order of the document. */
  record Mapping(Place place, Map<String, Node> entries) implements Node {
    @Override
    public String description() {
      return "a mapping";
    }

    @Override
    public Node mapChildren(UnaryOperator<Node> change) {
      Map<String, Node> changed = new LinkedHashMap<>();
      entries.forEach((key, value) -> changed.put(key, change.apply(value)));
      return new Mapping(place, changed);
    }

    @Override
    public Node only(Set<String> keys) {
      Map<String, Node> kept = new LinkedHashMap<>(entries);
      kept.keySet().retainAll(keys);
      return new Mapping(place, kept);
    }

    Mapping without(Predicate<Node> unwanted) {
      Map<String, Node> kept = new LinkedHashMap<>(entries);
      kept.values().removeIf(unwanted);
      return new Mapping(place, kept);
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    @Override
    public String description() {
      return "a list";
    }

    @Override
    public Node mapChildren(UnaryOperator<Node> change) {
      return new Sequence(place, items.stream().map(change).toList());
    }
  }

  /**
   * A single value.
   *
   * @param written as in the document; this and not {@code text} is shown in messages, because an
   *     environment variable may hold what nobody else should see
   * @param text with its environment variables expanded
   */
  record Scalar(Place place, Kind kind, String written, String text) implements Node {
    /** What YAML takes an unquoted value for. */
    enum Kind {
      TEXT,
      NUMBER,
      BOOLEAN,
      NOTHING
    }

    @Override
    public boolean isNothing() {
      return kind == Kind.NOTHING;
    }

    boolean isExpanded() {
      return !written.equals(text);
    }

    @Override
    public String description() {
      return switch (kind) {
        case TEXT -> Quoted.of(written);
        case NUMBER -> "the number " + written;
        case BOOLEAN -> "the boolean " + written;
        case NOTHING -> "nothing";
      };
    }
  }

  /** A value that was already reported as wrong; whoever reads it stays silent. */
  record Broken(Place place) implements Node {
    @Override
    public String description() {
      return "an unusable value";
    }
  }
}
