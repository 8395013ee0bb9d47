package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.NotApplicable;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the exporter of this host takes the time for what its kernel does: the time that it wrote
 * into its page against that of the file.
 */
record LocalClockCheck(String target, Once<PageSight> page) implements Check {

  @Override
  public CheckName name() {
    return CheckName.CLOCK;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    PageSight read = page.get();
    Optional<Instant> stamped = read.stamped();
    return stamped.isEmpty()
        ? new NotApplicable("no exporter's page tells the time")
        : new Skew("the exporter's clock", stamped.get(), read.written()).judge();
  }
}
