package dev.selfheal.faults;

import dev.selfheal.testkit.ReceiverHome;
import java.nio.file.Path;

/** Homes of receivers with one target, whose restart command writes a line into a file. */
final class Homes {
  static final String RESTARTS = "restarts.log";

  private Homes() {}

  /** A receiver here manages gpu-01 and needs nothing else of this machine. */
  static String target(ReceiverHome home) {
    return target("echo restarted >> " + home.folder().resolve(RESTARTS));
  }

  /** The same with a script of the test's own for a restart command. */
  static String target(String script) {
    return """
    recovery: {timeout: 2s}
    targets:
      - name: gpu-01
        match: {instance: "gpu-01:9100"}
        ollama_url: http://127.0.0.1:9
        restart_command: [/bin/sh, -c, "%s"]
    """
        .formatted(script);
  }

  /** A configuration whose ledger is elsewhere. */
  static String withLedger(ReceiverHome home, Path ledger) {
    return "listen: %s\nledger: sqlite:%s\n%s".formatted(home.address(), ledger, target(home));
  }
}
