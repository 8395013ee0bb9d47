package dev.selfheal.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What systemd says about a unit. */
public sealed interface UnitAnswer {

  /**
   * It knows.
   *
   * @param load {@code loaded}, {@code not-found}, {@code masked} and others
   * @param active the unit's ActiveState, such as {@code failed}
   * @param enabled {@code enabled}, {@code disabled}, {@code static} and others
   * @param user whom its processes run as; empty for root
   */
  record Known(String load, String active, String enabled, String user) implements UnitAnswer {
    private static final Set<String> COMES_BACK =
        Set.of("enabled", "enabled-runtime", "alias", "static", "indirect", "generated");

    boolean running() {
      return active.equals("active") || active.equals("reloading");
    }

    /** Whether it is started at the next boot. */
    boolean comesBack() {
      return COMES_BACK.contains(enabled);
    }
  }

  /** Nobody knows. */
  record Unknown(String why) implements UnitAnswer {}

  /** Reads {@code Key=value} lines of {@code systemctl show}. */
  static UnitAnswer parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0].strip(), parts[1].strip()));
    String load = values.getOrDefault("LoadState", "");
    String active = values.getOrDefault("ActiveState", "");
    return load.isEmpty() || active.isEmpty()
        ? new Unknown(text.strip().lines().findFirst().orElse("systemctl says nothing"))
        : new Known(
            load,
            active,
            values.getOrDefault("UnitFileState", ""),
            values.getOrDefault("User", ""));
  }
}
