package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that this version ships. */
final class ShippedRules {
  /** Where the build puts them, once: the demo runs with the very same. */
  private static final String PLACE = "/dev/selfheal/demo/shipped/selfhealing_rules.yml";

  private ShippedRules() {}

  /** The names of all alerts in them. */
  static Set<String> names() {
    try (InputStream in = ShippedRules.class.getResourceAsStream(PLACE)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no rules");
      }
      return Trees.items(Trees.yaml(new String(in.readAllBytes(), UTF_8)).path("groups"))
          .flatMap(group -> Trees.items(group.path("rules")))
          .filter(rule -> rule.has("alert"))
          .map(rule -> rule.path("alert").asText())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }
}
