package dev.selfheal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Another process that uses a ledger: for what one process cannot do to itself. */
final class LedgerProcess {

  private static final String SAID = "said: ";

  private LedgerProcess() {}

  /** Opens the ledger and hears news until that fails, then tells how many it heard, and why. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int heard = 0;
    try (Ledger ledger = SqliteLedger.open(Path.of(args[0]), Clock.systemUTC())) {
      try {
        for (; heard < 10_000; heard++) {
          ledger.hear(List.of(LedgerContract.firing("a", "alert-" + heard)));
        }
      } catch (LedgerException e) {
        out.println(SAID + heard + " " + e.getMessage());
        out.println(SAID + ledger.openIncidents().get(0).alerts().all() + " are there");
      }
    } catch (LedgerException e) {
      out.println(SAID + heard + " " + e.getMessage());
    }
  }

  /** Runs it with this shell command before it, and returns what it printed. */
  static List<String> run(String before, Path ledger) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                before + " exec \"$0\" -XX:-UsePerfData -Xshare:auto -cp \"$1\" \"$2\" \"$3\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                LedgerProcess.class.getName(),
                ledger.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = process.getInputStream()) {
      List<String> lines =
          new String(output.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(SAID))
              .map(line -> line.substring(SAID.length()))
              .toList();
      process.waitFor();
      return lines;
    }
  }
}
