package dev.selfheal.dispatch.injection;

import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Settlement;
import dev.selfheal.remedy.Pause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real ledger that is watched, refuses to work now and then, and may be the last thing used. */
final class WatchedLedger {
  private static final Set<String> READS =
      Set.of("situation", "openIncidents", "incidents", "attempts", "evidence", "probe");

  private final World world;
  private final Life life;
  private final Ledger real;
  private final Watch watch;

  /** Is told what was committed. */
  interface Watch {
    void claimed(ClaimRequest request, Claim claim);

    void settled(long attempt, Settlement settlement);

    void ended(List<Entry.OfAttempt> entries);

    void paused(String scope, Pause pause);

    void resumed(String scope);

    /** Ends the receiver's life. */
    void kill();

    boolean troubled();
  }

  WatchedLedger(World world, Life life, Ledger real, Watch watch) {
    this.world = world;
    this.life = life;
    this.real = real;
    this.watch = watch;
  }

  Ledger asLedger() {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (self, method, arguments) -> call(method, arguments));
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (life.over) {
      throw new LedgerException("closed");
    }
    dieMaybe("before", method);
    boolean writes = !READS.contains(method.getName());
    if (world.mishap(writes ? 0.005 : 0.001) || (writes && watch.troubled())) {
      world.step("the ledger refuses " + method.getName());
      throw new LedgerException("the disk is full");
    }
    Object result = invoke(method, arguments);
    tell(method.getName(), arguments, result);
    if (result != null && method.getName().startsWith("settleO")) {
      watch.ended(entries(result));
    }
    dieMaybe("after", method);
    return result;
  }

  @SuppressWarnings("unchecked") // as the signature of these methods says
  private static List<Entry.OfAttempt> entries(Object result) {
    return (List<Entry.OfAttempt>) result;
  }

  private void dieMaybe(String when, Method method) {
    boolean matters = method.getName().equals("claim") || method.getName().equals("settle");
    if (world.mishap(matters ? 0.006 : 0.0006)) {
      world.step("the receiver is killed " + when + " " + method.getName());
      watch.kill();
      throw new Killed();
    }
  }

  private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void tell(
      String method, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
    if (arguments == null) {
      return;
    }
    if (method.equals("pause")) {
      watch.paused((String) arguments[0], (Pause) arguments[1]);
    } else if (method.equals("resume")) {
      watch.resumed((String) arguments[0]);
    }
    tellOfAttempts(method, arguments, result);
  }

  private void tellOfAttempts(
      String method, @Nullable Object[] arguments, @Nullable Object result) {
    if (method.equals("claim") && result != null) {
      watch.claimed((ClaimRequest) arguments[0], (Claim) result);
    } else if (method.equals("settle") && Boolean.TRUE.equals(result)) {
      watch.settled((Long) arguments[0], (Settlement) arguments[1]);
    }
  }
}
