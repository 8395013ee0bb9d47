package dev.selfheal.action;

import dev.selfheal.remedy.Target;

/** Knows the way to targets' hosts. */
@FunctionalInterface
public interface Hosts {

  /** Begins a visit; nothing is asked or touched yet. */
  Host visit(Target target);
}
