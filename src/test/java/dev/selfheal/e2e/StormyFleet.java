package dev.selfheal.e2e;

import dev.selfheal.testkit.ReceiverHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Four targets whose restart commands do nothing but write down that they ran. After a restart the
 * first two answer, the others never do. The limits are so tight that the storm runs into them.
 *
 * @param log one line for each restart: the target and the milliseconds since 1970
 */
record StormyFleet(Path log) {
  static final Map<Duration, Integer> BUDGETS =
      Map.of(Duration.ofSeconds(15), 2, Duration.ofSeconds(60), 6);
  static final Duration COOLDOWN = Duration.ofMillis(700);
  static final int CONCURRENT = 2;
  static final Duration FLEET_WINDOW = Duration.ofSeconds(2);
  static final int DISTINCT_IN_WINDOW = 3;

  private static final int SIZE = 4;
  private static final int HEALED = 2;

  /** The names of the targets. */
  List<String> targets() {
    return IntStream.rangeClosed(1, SIZE).mapToObj(number -> "gpu-" + number).toList();
  }

  /** The receiver's configuration; the URLs are those of an Ollama that answers and of none. */
  String config(String answering, String silent) {
    StringBuilder yaml =
        new StringBuilder(
            """
            policy:
              cooldown: 700ms
              settle: 1s
              budgets: [{max: 2, per: 15s}, {max: 6, per: 60s}]
              fleet: {max_concurrent: 2, max_share: 0.75, per: 2s}
            recovery: {timeout: 2s, load_timeout: 1s}
            targets:
            """);
    for (String target : targets()) {
      boolean heals = targets().indexOf(target) < HEALED;
      yaml.append(
          """
            - name: %1$s
              match: {instance: "%1$s:9100"}
              ollama_url: %2$s
              restart_command: %3$s
          """
              .formatted(target, heals ? answering : silent, ReceiverHome.yaml(command(target))));
    }
    return yaml.toString();
  }

  private List<String> command(String target) {
    return List.of("/bin/sh", "-c", "echo \"$1 $(date +%s%3N)\" >>\"$0\"", log.toString(), target);
  }

  /** When each target was restarted, oldest first. */
  Map<String, List<Instant>> restarts() throws IOException {
    Map<String, List<Instant>> restarts =
        Files.readAllLines(log).stream()
            .map(line -> line.split(" "))
            .collect(
                Collectors.groupingBy(
                    words -> words[0],
                    TreeMap::new,
                    Collectors.mapping(
                        words -> Instant.ofEpochMilli(Long.parseLong(words[1])),
                        Collectors.toCollection(ArrayList::new))));
    restarts.values().forEach(times -> times.sort(null));
    return restarts;
  }
}
