package dev.selfheal.demo;

import dev.selfheal.action.Pauser;
import dev.selfheal.app.RealPauser;
import dev.selfheal.app.RealTime;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Where the fake takes its time from. */
record Time(Clock clock, LongSupplier ticker, Pauser pauser) {

  static Time real() {
    return new Time(RealTime.clock(), RealTime.ticker(), new RealPauser());
  }
}
