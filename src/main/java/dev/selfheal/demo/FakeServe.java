package dev.selfheal.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The server of the fake Ollama, as a process of its own. SIGTERM ends it and its runners. */
public final class FakeServe {

  private FakeServe() {}

  /**
   * Serves until it is told to end, or the process ends that owns it.
   *
   * @param args {@code --folder FOLDER --port PORT --fake VERSION --gpu yes|no --keep-alive-millis
   *     N --owner PID}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Arguments arguments = new Arguments(List.of(args));
    Setting setting = Setting.of(arguments);
    Time time = Time.real();
    Orders orders = new Orders();
    Scheduler scheduler = new Scheduler(setting, new RunnerStarter(setting, time), time, orders);
    Runtime.getRuntime().addShutdownHook(new Thread(FakeServe::endChildren));
    Background.run(scheduler::sweep);
    new ApiServer(new Routes(setting, scheduler, time), time).open(setting.port());
    new Control(scheduler, orders).open(setting.folder().resolve("control"));
    awaitEnd(arguments.number("--owner", 0));
  }

  private static void awaitEnd(int owner) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    if (owner > 0) {
      ProcessHandle process = ProcessHandle.of(owner).orElse(null);
      if (process == null) {
        return;
      }
      CompletableFuture<Void> unused = process.onExit().thenRun(end::countDown);
    }
    end.await();
  }

  /** Also one that spins or is stopped. */
  private static void endChildren() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }
}
