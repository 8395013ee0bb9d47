package dev.selfheal.app;

import dev.selfheal.config.Config;
import java.util.function.Consumer;

/** Passes on that the configuration has changed, once somebody listens. */
final class Changes implements Consumer<Config> {

  private volatile Consumer<Config> listener = config -> {};

  void follow(Consumer<Config> follower) {
    listener = follower;
  }

  @Override
  public void accept(Config config) {
    listener.accept(config);
  }
}
