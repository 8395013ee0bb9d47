package dev.selfheal.config;

import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.QuietHours;
import org.jspecify.annotations.Nullable;

/**
 * How far the receiver may go with one target.
 *
 * @param mode null for that of all targets
 */
public record PermissionConfig(@Nullable Mode mode, QuietHours notDuring) {
  static final PermissionConfig DEFAULT = new PermissionConfig(null, QuietHours.NONE);
  static final Reader<Mode> MODE =
      Scalars.parsed("act, observe or approve", PermissionConfig::parse);

  /** Reads what a target's section says of it. */
  static PermissionConfig of(Section target) {
    return new PermissionConfig(
        target.find("mode", MODE),
        target.get("not_during", QuietHoursReader::read, QuietHours.NONE));
  }

  private static Parsed<Mode> parse(String text) {
    for (Mode mode : Mode.values()) {
      if (mode.label().equals(text)) {
        return Parsed.of(mode);
      }
    }
    return Parsed.wrong("must be act, observe or approve");
  }
}
