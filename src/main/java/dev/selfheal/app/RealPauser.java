package dev.selfheal.app;

import dev.selfheal.action.Pauser;
import java.time.Duration;

/**
 * Lets real time pass. The one place where the program sleeps: two looks at a host are to lie
 * apart, there is nothing on the host's side that could wake anybody, and an interrupt ends it.
 * Whoever waits is given a {@link Pauser}, so no test sleeps.
 */
public final class RealPauser implements Pauser {

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
