package dev.selfheal.action;

import dev.selfheal.remedy.Attempt;

/**
 * How a restart ended.
 *
 * @param result what the attempt is settled with
 * @param text what was done and seen, in lines, for people; at most 16 KiB
 * @param evidence what the host showed of itself before it was touched; at most 80 KiB
 */
public record Report(Attempt.Result result, String text, String evidence) {

  /** A report without evidence. */
  public Report(Attempt.Result result, String text) {
    this(result, text, "");
  }

  /** The same with what was collected before. */
  Report with(String collected) {
    return new Report(result, text, collected);
  }
}
