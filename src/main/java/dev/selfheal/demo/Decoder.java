package dev.selfheal.demo;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread of a runner that computes. In every mode the runner's other threads go on: they
 * answer {@code /health}, as the real ones do.
 */
final class Decoder implements Runnable {
  private static final Duration LINES = Duration.ofSeconds(10);
  private static final int WITHOUT_END = 1_000_000;
  private static final Job NOTHING = new Job(0);

  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private final Time time;
  private final RunnerLog log;
  private volatile Mode mode = Mode.GO;
  private volatile Pace pace = Pace.USUAL;
  private long sink; // so that the loop is not optimised away
  private int task;

  /** What the thread does. */
  enum Mode {
    /** What it should. */
    GO,
    /** The incident: an endless loop at 100 % of a core, in the middle of whatever it did. */
    SPIN,
    /** It waits for something that never comes. */
    WAIT
  }

  Decoder(Time time, RunnerLog log) {
    this.time = time;
    this.log = log;
  }

  void submit(Job job) {
    jobs.add(job);
  }

  synchronized void mode(Mode next) {
    mode = next;
    jobs.add(NOTHING); // an idle thread looks at its mode
    notifyAll();
  }

  Mode mode() {
    return mode;
  }

  void pace(Pace next) {
    pace = next;
  }

  Pace pace() {
    return pace;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Job job = jobs.take();
        checkpoint(false);
        if (job != NOTHING) {
          work(job);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Job job) throws InterruptedException {
    task++;
    log.busy(pace.prefill().isZero() || pace.reading() == Pace.Reading.GPU);
    read(job);
    log.busy(true);
    int wanted = job.tokens() == 0 ? WITHOUT_END : job.tokens();
    for (int i = 0; i < wanted && !job.isCancelled(); i++) {
      time.pauser().pause(Duration.ofNanos(1_000_000_000L / pace.rate()));
      checkpoint(true);
      put(job, new Job.Piece(Words.at(i), i + 1, false));
      log.generated(task, i + 1, pace.rate());
    }
    log.ended(task, job.isCancelled());
    job.put(new Job.Piece("", job.tokens(), true));
    log.busy(false);
  }

  /** Computes nothing while its client does not read. */
  private void put(Job job, Job.Piece piece) throws InterruptedException {
    if (!job.offer(piece)) {
      log.busy(false);
      job.put(piece);
      log.busy(true);
    }
  }

  /** Reads the prompt, at the cost of one core. */
  private void read(Job job) throws InterruptedException {
    Duration length = pace.prefill();
    long began = time.ticker().getAsLong();
    long lineAt = LINES.toNanos();
    for (long at = 0; at < length.toNanos() && !job.isCancelled(); ) {
      checkpoint(true);
      burn();
      at = time.ticker().getAsLong() - began;
      if (at >= lineAt && pace.reading() != Pace.Reading.SILENT_CPU) {
        log.progress(task, (double) at / length.toNanos(), Duration.ofNanos(at));
        lineAt += LINES.toNanos();
      }
    }
  }

  /** Where it hangs if it should; the GPU has nothing to do then. */
  private void checkpoint(boolean working) throws InterruptedException {
    if (mode == Mode.GO) {
      return;
    }
    log.busy(false);
    while (mode == Mode.SPIN) {
      burn();
    }
    waitWhileWaiting();
    log.busy(working);
  }

  private synchronized void waitWhileWaiting() throws InterruptedException {
    while (mode == Mode.WAIT) {
      wait();
    }
  }

  /** About a millisecond of work. */
  private void burn() {
    long sum = sink;
    for (int i = 0; i < 1_000_000; i++) {
      sum += i ^ (sum >>> 3);
    }
    sink = sum;
  }
}
