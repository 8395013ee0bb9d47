package dev.selfheal.action;

/**
 * What a host showed of itself before it was touched.
 *
 * @param text the same as it came, for people; it holds no prompt and no address
 */
public record Gathered(HostReport report, String text) {}
