package dev.selfheal.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a runner shows of its work: lines of llama-server, and the load of the fake GPU. */
final class RunnerLog {
  private static final int TOKENS_A_LINE = 100;

  private final PrintStream out;
  private final FakeVersion version;
  private final @Nullable Path gpu;
  private final long megabytes;

  /**
   * @param gpu the file that says what this process does on the GPU; null without one
   * @param megabytes of its memory
   */
  RunnerLog(PrintStream out, FakeVersion version, @Nullable Path gpu, long megabytes) {
    this.out = out;
    this.version = version;
    this.gpu = gpu;
    this.megabytes = megabytes;
  }

  /** The share of the GPU's time and the memory, which the fake {@code nvidia-smi} reads. */
  void busy(boolean busy) {
    if (gpu == null) {
      return;
    }
    try {
      Path next = gpu.resolveSibling(gpu.getFileName() + ".new");
      Files.writeString(next, (busy ? 85 : 0) + " " + megabytes + "\n");
      Files.move(next, gpu, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void progress(int task, double share, Duration so) {
    line(
        "slot print_timing: id  0 | task %d | prompt processing, n_tokens = %6d, progress = %.2f, t = %6.2f s / 50.19 tokens per second",
        task, (int) (share * 3602), share, so.toMillis() / 1e3);
  }

  void generated(int task, int count, int rate) {
    if (count % TOKENS_A_LINE == 0) {
      line("slot print_timing: id  0 | task %d | n_gen = %d, tg = %d.00 t/s", task, count, rate);
    }
  }

  void ended(int task, boolean cancelled) {
    if (cancelled) {
      line("srv          stop: cancel task, id_task = %d", task);
    } else {
      line(
          "slot print_timing: id  0 | task %d |        eval time =      32.63 ms /     2 tokens (   32.63 ms per token,    30.65 tokens per second)",
          task);
    }
    line(
        "slot      release: id  0 | task %d | stop processing: n_tokens = 64, truncated = 0", task);
    line("srv  update_slots: all slots are idle");
  }

  /** The older runner says nothing of its calls. */
  private void line(String format, Object... values) {
    if (version == FakeVersion.PER_CALL) {
      out.println(String.format(Locale.ROOT, format, values));
    }
  }
}
