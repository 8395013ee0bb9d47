package dev.selfheal.testkit;

/** A program that runs while a test needs it. */
public interface RealProgram extends AutoCloseable {

  /** What it has written to its outputs so far. */
  String log();

  /** Ends its process and all that it has started, and removes the folder that is its own. */
  @Override
  void close();
}
