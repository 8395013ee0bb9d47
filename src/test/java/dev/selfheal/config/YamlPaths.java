package dev.selfheal.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A YAML document that is made of paths such as {@code targets[].match}. */
final class YamlPaths {
  private static final Pattern DOT = Pattern.compile("\\.");

  private final Map<String, Object> root = new LinkedHashMap<>();

  /** Puts a value there, as one would write it; one that is there already is replaced. */
  YamlPaths put(String path, String value) {
    String[] keys = DOT.split(path, -1);
    Map<String, Object> section = root;
    for (int i = 0; i < keys.length - 1; i++) {
      section = section(section, keys[i]);
    }
    section.put(keys[keys.length - 1], value);
    return this;
  }

  @SuppressWarnings("unchecked") // only this class puts maps into a map
  private static Map<String, Object> section(Map<String, Object> parent, String key) {
    return (Map<String, Object>)
        parent.computeIfAbsent(key, unused -> new LinkedHashMap<String, Object>());
  }

  /** Takes away what stands there. */
  YamlPaths remove(String path) {
    String[] keys = DOT.split(path, -1);
    Map<String, Object> section = root;
    for (int i = 0; i < keys.length - 1; i++) {
      section = section(section, keys[i]);
    }
    section.remove(keys[keys.length - 1]);
    return this;
  }

  /** The document. */
  String text() {
    return flow(root) + "\n";
  }

  private static String flow(Object node) {
    if (!(node instanceof Map<?, ?> section)) {
      return node.toString();
    }
    return section.entrySet().stream()
        .map(entry -> entry(entry.getKey().toString(), flow(entry.getValue())))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String entry(String key, String value) {
    return key.endsWith("[]")
        ? key.substring(0, key.length() - 2) + ": [" + value + "]"
        : key + ": " + value;
  }
}
