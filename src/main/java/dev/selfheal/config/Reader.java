package dev.selfheal.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a node of the tree into a value of the configuration. */
@FunctionalInterface
interface Reader<T> {

  /** The value; null when the node does not hold one, and then {@code problems} hold why. */
  @Nullable T read(Node node, Problems problems);

  /** Reads a list of what {@code items} reads, without those that are wrong. */
  static <T> Reader<List<T>> listOf(Reader<T> items) {
    return (node, problems) -> {
      if (!(node instanceof Node.Sequence sequence)) {
        reportUnexpected("a list", node, problems);
        return null;
      }
      List<T> values = new ArrayList<>();
      for (Node item : sequence.items()) {
        T value = items.read(item, problems);
        if (value != null) {
          values.add(value);
        }
      }
      return values;
    };
  }

  /** Reads what {@code lists} reads, unless there is nothing in it. */
  static <T> Reader<List<T>> atLeastOne(String noun, Reader<List<T>> lists) {
    return (node, problems) -> {
      if (node.isNothing()
          || (node instanceof Node.Sequence sequence && sequence.items().isEmpty())) {
        problems.error(node.place(), "at least one " + noun + " is needed");
        return null;
      }
      return lists.read(node, problems);
    };
  }

  /** Reports that something else was expected here, unless the node is reported already. */
  static void reportUnexpected(String expected, Node found, Problems problems) {
    if (!(found instanceof Node.Broken)) {
      problems.error(found.place(), "expected " + expected + ", found " + found.description());
    }
  }
}
