package dev.selfheal.ledger;

import dev.selfheal.remedy.Attempt.Result;

/**
 * How an attempt ended.
 *
 * @param report what an operator should know about it, of bounded length
 * @param evidence what its host showed before it was touched, of bounded length; kept for less long
 */
public record Settlement(Result result, String report, String evidence) {

  /** A settlement without evidence. */
  public Settlement(Result result, String report) {
    this(result, report, "");
  }
}
