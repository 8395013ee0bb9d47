package dev.selfheal.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The real programs of one test: closed after it, the last one first, and their logs are shown if
 * it fails.
 */
public final class RealPrograms
    implements AfterEachCallback,
        LifecycleMethodExecutionExceptionHandler,
        TestExecutionExceptionHandler {
  private static final int SHOWN = 6_000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes charge of a program that has been started, or of a folder. */
  public <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    List<Exception> failures = new ArrayList<>();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    showLogs();
    throw failure;
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    showLogs();
    throw failure;
  }

  /** Printed, not attached to the failure: build tools cut stack traces short. */
  private void showLogs() {
    for (AutoCloseable resource : open) {
      if (resource instanceof RealProgram program) {
        System.err.println("--- " + program.getClass().getSimpleName() + ", the end of its log");
        System.err.println(end(program.log()));
      }
    }
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - SHOWN));
  }
}
