package dev.selfheal.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a node of the tree into a value of the configuration. */
@FunctionalInterface
interface Reader<T> {

  /** The value; null when the node does not hold one, and then {@code problems} hold why. */
  @Nullable T read(Node node, Problems problems);

  /** Reads a list of what {@code items} reads. */
  static <T> Reader<List<T>> listOf(Reader<T> items) {
    return (node, problems) -> {
      if (!(node instanceof Node.Sequence sequence)) {
        return unexpected("a list", node, problems);
      }
      List<T> values = new ArrayList<>();
      for (Node item : sequence.items()) {
        T value = items.read(item, problems);
        if (value != null) {
          values.add(value);
        }
      }
      return values.size() == sequence.items().size() ? values : null;
    };
  }

  /** Reads what {@code values} reads, unless there is nothing of it. */
  static <T> Reader<List<T>> atLeastOne(String noun, Reader<List<T>> lists) {
    return (node, problems) -> {
      boolean nothing = node instanceof Node.Scalar scalar && scalar.kind() == Node.Scalar.Kind.NOTHING;
      if (nothing || (node instanceof Node.Sequence sequence && sequence.items().isEmpty())) {
        problems.error(node.place(), "at least one " + noun + " is needed");
        return null;
      }
      return lists.read(node, problems);
    };
  }

  /** Reports that something else was expected here, unless the node is reported already. */
  static <T> @Nullable T unexpected(String expected, Node found, Problems problems) {
    if (!(found instanceof Node.Broken)) {
      problems.error(found.place(), "expected " + expected + ", found " + found.description());
    }
    return null;
  }
}
