package dev.selfheal.action;

import dev.selfheal.remedy.Attempt;

/**
 * How a restart ended.
 *
 * @param result what the attempt is settled with
 * @param text what was done and seen, in lines, for people; at most 16 KiB
 */
public record Report(Attempt.Result result, String text) {}
