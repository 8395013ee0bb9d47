package dev.selfheal.app;

import dev.selfheal.action.Pauser;
import java.time.Duration;

/** Lets real time pass. */
public final class RealPauser implements Pauser {

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
