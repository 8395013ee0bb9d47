package dev.selfheal.app;

import java.time.Clock;
import java.util.function.LongSupplier;

/** The time of this machine. */
public final class RealTime {

  private RealTime() {}

  /** The host's clock, which may be set. */
  public static Clock clock() {
    return Clock.systemUTC();
  }

  /** Nanoseconds of a steady clock. */
  public static LongSupplier ticker() {
    return System::nanoTime;
  }
}
