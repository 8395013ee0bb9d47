package dev.selfheal.cli;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handles the signals that service managers send. Java has them in {@code sun.misc.Signal} alone,
 * which every JDK has and no compiler lets pass without a warning, hence the reflection.
 */
final class Signals {

  // A shell's code for a program that a signal ended: 128 and the number of the signal.
  private static final int HANGUP = 129;
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private Signals() {}

  /** Runs the action, with the exit code that is due, when the program is told to end. */
  static void handleEnds(IntConsumer action) {
    handle("HUP", () -> action.accept(HANGUP));
    handle("INT", () -> action.accept(INTERRUPTED));
    handle("TERM", () -> action.accept(TERMINATED));
  }

  /**
   * Runs the action, in a thread of its own, each time the signal arrives.
   *
   * @param name without {@code SIG}
   * @throws IllegalStateException if this Java has no signals
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> answer(self, method.getName(), arguments, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle SIG" + name, e);
    }
  }

  private static Object answer(Object self, String method, Object[] arguments, Runnable action) {
    return switch (method) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "signal handler";
      default -> {
        action.run();
        yield method; // the method is void: nobody reads this
      }
    };
  }
}
