package dev.selfheal.dispatch;

import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a test has a real ledger do: fail, or be interrupted by something right before a call. */
final class Tricks {
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> before = new HashMap<>();
  private final Map<String, Runnable> after = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private @Nullable LedgerException failure;

  /** These methods throw, until {@link #mend}. */
  void fail(LedgerException with, String... methods) {
    failure = with;
    failing.addAll(List.of(methods));
  }

  void mend() {
    failing.clear();
    failure = null;
  }

  /** Something happens once, right before the next call of the method. */
  void before(String method, Runnable happens) {
    before.put(method, happens);
  }

  /** Something happens once, after the next call of the method has committed. */
  void after(String method, Runnable happens) {
    after.put(method, happens);
  }

  Ledger on(Ledger real) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (self, method, arguments) -> call(real, method, arguments));
  }

  private @Nullable Object call(Ledger real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    calls.add(method.getName());
    happen(before, method);
    if (failure != null && failing.contains(method.getName())) {
      throw failure;
    }
    try {
      Object result = method.invoke(real, arguments);
      happen(after, method);
      return result;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static void happen(Map<String, Runnable> events, Method method) {
    Runnable event = events.remove(method.getName());
    if (event != null) {
      event.run();
    }
  }
}
