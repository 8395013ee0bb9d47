package dev.selfheal.action;

/** The page of a host's exporter, as its host agent reads it. */
public sealed interface HostPage {

  /**
   * It is there.
   *
   * @param text whole lines, of at most 256 KiB; what stood after these is left out
   */
  record Text(String text) implements HostPage {}

  /**
   * It is not.
   *
   * @param why a few words
   */
  record Missing(String why) implements HostPage {}
}
