package dev.selfheal.ledger;

import java.util.Locale;

/**
 * What became of a piece of news.
 *
 * @param incident the incident that it concerns; 0 if none
 */
public record Heard(long incident, Disposition disposition) {

  /** What became of a piece of news. */
  public enum Disposition {
    /** It opened an incident. */
    OPENED,
    /** It joined an open incident. */
    JOINED,
    /** It was known, and has been heard again. */
    REPEATED,
    /** It ended an alert. */
    RESOLVED,
    /** It fires again after it was resolved: a late delivery. */
    LATE;

    /** The disposition as a metric label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
