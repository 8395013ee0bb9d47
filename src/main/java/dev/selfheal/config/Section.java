package dev.selfheal.config;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose keys are known.
 *
 * <p>Asking for a key is what makes it known: when the body of a section is through, every key it
 * did not ask for is an error.
 */
final class Section {

  /** Reads the keys of a section. */
  @FunctionalInterface
  interface Body<T> {
    @Nullable T read(Section section);
  }

  private final Node.Mapping mapping;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(Node.Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** Reads a mapping, or nothing at all as an empty one: its keys may all be commented out. */
  static <T> Reader<T> reader(Body<T> body) {
    return (node, problems) -> {
      Node filled = node.isNothing() ? new Node.Mapping(node.place(), Map.of()) : node;
      if (!(filled instanceof Node.Mapping mapping)) {
        Reader.reportUnexpected("a mapping", node, problems);
        return null;
      }
      Section section = new Section(mapping, problems);
      T value = body.read(section);
      section.reportUnknownKeys();
      return value;
    };
  }

  Problems problems() {
    return problems;
  }

  Place place() {
    return mapping.place();
  }

  /** The key's place, or where it would belong. */
  Place place(String key) {
    Node node = mapping.entries().get(key);
    return node == null ? place().key(key, place().offset()) : node.place();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The key's value; null when it is absent or wrong. */
  <T> @Nullable T find(String key, Reader<T> reader) {
    known.add(key);
    Node node = mapping.entries().get(key);
    return node == null ? null : reader.read(node, problems);
  }

  /** The key's value; {@code fallback} when it is absent, or wrong and so of no consequence. */
  <T> T get(String key, Reader<T> reader, T fallback) {
    T value = find(key, reader);
    return value == null ? fallback : value;
  }

  /** The key's value; null when it is wrong, or absent and reported so. */
  <T> @Nullable T require(String key, Reader<T> reader) {
    if (!has(key)) {
      problems.error(place(key), "is required");
    }
    return find(key, reader);
  }

  private void reportUnknownKeys() {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                problems.error(node.place(), "is not a known key; " + Nearest.hint(key, known));
              }
            });
  }
}
