package dev.selfheal.config;

import dev.selfheal.config.Node.Scalar.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} in every text of a tree by the environment variable of that name.
 *
 * <p>A doubled dollar before the brace stands for a literal one. Keys are left alone, and what a
 * variable holds is not expanded again.
 */
final class Expansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> environment;
  private final Problems problems;

  Expansion(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The tree with its texts expanded; those that cannot be are reported and broken. */
  Node expand(Node node) {
    return node instanceof Node.Scalar scalar && scalar.kind() == Kind.TEXT
        ? expandText(scalar)
        : node.mapChildren(this::expand);
  }

  private Node expandText(Node.Scalar scalar) {
    Matcher reference = REFERENCE.matcher(scalar.written());
    StringBuilder expanded = new StringBuilder();
    boolean whole = true;
    while (reference.find()) {
      String value = valueOf(reference, scalar.place());
      whole &= value != null;
      reference.appendReplacement(expanded, Matcher.quoteReplacement(value == null ? "" : value));
    }
    reference.appendTail(expanded);
    return whole
        ? new Node.Scalar(scalar.place(), Kind.TEXT, scalar.written(), expanded.toString())
        : new Node.Broken(scalar.place());
  }

  private @Nullable String valueOf(Matcher reference, Place place) {
    String name = reference.group(1);
    if (name == null) {
      return "${";
    }
    if (reference.group(2).isEmpty()) {
      problems.error(place, "has a ${ without its }; write $${ for a literal ${");
      return null;
    }
    if (!NAME.matcher(name).matches()) {
      problems.error(
          place, Quoted.of(name) + " is no name of an environment variable; write $${ for a ${");
      return null;
    }
    String value = environment.get(name);
    if (value == null) {
      problems.error(place, "the environment variable " + name + " is not set");
    }
    return value;
  }
}
