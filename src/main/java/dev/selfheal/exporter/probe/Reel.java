package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.exporter.sample.LogEvent;
import java.net.http.HttpResponse.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tape that holds the text of one round, until it is taken. Bounded. */
public final class Reel implements Tape {
  private static final int MOST_LINES = 4096;

  private final List<Proc> processes = new ArrayList<>();
  private final Map<String, String> outputs = new HashMap<>();
  private final Map<String, Heard> heard = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private boolean runnerSpoke;
  private boolean ended;

  /** The text of a process. */
  public record Proc(long pid, String commandLine, String stat) {}

  /** An answer over HTTP, as it came. */
  public record Heard(int status, String body) {}

  /**
   * What was left in one round.
   *
   * @param processes the server first
   * @param outputs of programs: {@code ss}, {@code nvidia}, {@code pmon}, {@code apps}
   * @param heard by the route: {@code version}, {@code ps}, {@code tags}
   * @param log excerpts of its lines
   */
  public record Round(
      List<Proc> processes,
      Map<String, String> outputs,
      Map<String, Heard> heard,
      List<String> log) {
    public Round {
      processes = List.copyOf(processes);
      outputs = Map.copyOf(outputs);
      heard = Map.copyOf(heard);
      log = List.copyOf(log);
    }
  }

  @Override
  public synchronized void process(long pid, String commandLine, String stat) {
    if (!ended) {
      processes.add(new Proc(pid, commandLine, stat));
    }
  }

  @Override
  public synchronized void ran(List<String> argv, String output) {
    String name = name(argv);
    if (!ended && !name.isEmpty()) {
      outputs.put(name, output);
    }
  }

  private static String name(List<String> argv) {
    if (argv.get(0).equals("ss")) {
      return "ss";
    } else if (argv.equals(NvidiaProbe.LIST) || argv.equals(NvidiaProbe.OLD_LIST)) {
      return "nvidia";
    } else if (argv.equals(NvidiaProbe.PMON)) {
      return "pmon";
    }
    return argv.equals(NvidiaProbe.APPS) ? "apps" : "";
  }

  @Override
  public <T> BodyHandler<T> hear(String route, BodyHandler<T> body) {
    return head -> new TeeBody<>(body.apply(head), bytes -> keep(route, head.statusCode(), bytes));
  }

  private synchronized void keep(String route, int status, byte[] body) {
    if (!ended) {
      heard.put(route, new Heard(status, new String(body, UTF_8)));
    }
  }

  /** That a runner spoke is worth saying once in a round. */
  @Override
  public synchronized void log(String line, LogEvent event) {
    boolean spoke = event instanceof LogEvent.RunnerSpoke;
    if (ended || log.size() >= MOST_LINES || (spoke && runnerSpoke)) {
      return;
    }
    runnerSpoke |= spoke;
    LogExcerpt.of(line, event).ifPresent(log::add);
  }

  /** All since the last time, which is then forgotten. */
  public synchronized Round take() {
    Round all = new Round(processes, outputs, heard, log);
    forget();
    return all;
  }

  /** Forgets all, and keeps nothing from now on. */
  public synchronized void end() {
    ended = true;
    forget();
  }

  private void forget() {
    processes.clear();
    outputs.clear();
    heard.clear();
    log.clear();
    runnerSpoke = false;
  }
}
