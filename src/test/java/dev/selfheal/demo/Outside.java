package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.demo.TableRow.Check;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One runner as the kernel sees it: its sockets, its CPU, its memory, its state.
 *
 * @param pid its process
 * @param port where it listens
 */
record Outside(FakeScene scene, long pid, int port) {
  /** A runner that hangs pings its client so. */
  private static final int PING = 8;

  private static final Pattern MEMORY = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  static Outside of(FakeScene scene, String model) {
    long pid = scene.runner(model);
    assertThat(pid).as("there is a runner of %s", model).isPositive();
    return new Outside(scene, pid, FakeScene.port(pid));
  }

  List<FakeScene.Row> rows() {
    return scene.rows(port);
  }

  /** So many connections, all alive. */
  Check connections(int count) {
    return sight -> assertThat(rows()).hasSize(count).allMatch(row -> row.state().equals("ESTAB"));
  }

  /** More bytes from look to look. */
  Check sendsMore() {
    AtomicLong before = new AtomicLong(-1);
    return sight -> {
      long sent = sent();
      assertThat(sent).isGreaterThan(before.getAndSet(sent));
    };
  }

  /** No byte but for its pings. */
  Check sendsNothing() {
    return sendsAtMost(2 * PING);
  }

  /** The answer to a health check is about 150 bytes. */
  Check sendsAtMost(int bytes) {
    long before = sent();
    return sight -> assertThat(sent()).isLessThanOrEqualTo(before + bytes);
  }

  /** Cores that it uses, on average since now. */
  Check uses(double least, double most) {
    long from = System.nanoTime();
    Duration cpu = FakeScene.cpu(pid);
    return sight -> {
      double seconds = (System.nanoTime() - from) / 1e9;
      if (seconds > 3) {
        double cores = FakeScene.cpu(pid).minus(cpu).toMillis() / 1e3 / seconds;
        assertThat(cores).as("cores used").isBetween(least, most);
      }
    };
  }

  /** Nothing: it is idle. */
  Check rests() {
    return uses(0, 0.2);
  }

  /** One of its threads always runs or would like to, however busy this machine is. */
  Check burns() {
    return uses(0.1, 1.6).and(sight -> assertThat(threads()).as("states").contains("R"));
  }

  private List<String> threads() {
    String stats = FakeScene.text("sh", "-c", "cat /proc/" + pid + "/task/*/stat");
    return stats.lines().map(FakeScene::stateIn).toList();
  }

  Check state(String letter) {
    return sight -> assertThat(FakeScene.state(pid)).isEqualTo(letter);
  }

  /** More memory from look to look. */
  Check grows() {
    AtomicLong before = new AtomicLong(-1);
    return sight -> {
      long now = memory();
      assertThat(now).isGreaterThan(before.getAndSet(now));
    };
  }

  long sent() {
    return rows().stream().mapToLong(FakeScene.Row::sent).sum();
  }

  private long memory() {
    Matcher found = MEMORY.matcher(FakeScene.text("cat", "/proc/" + pid + "/status"));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
