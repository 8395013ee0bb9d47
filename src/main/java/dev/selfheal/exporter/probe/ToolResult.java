package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.stream.Stream;

/** What came of running a small program. */
public sealed interface ToolResult {

  /** How it went, as the rest of a sentence that begins with the program's name. One line. */
  String why();

  /**
   * It ended by itself.
   *
   * @param status 0 to 255; 128 and the signal's number if a signal ended it
   * @param output what it wrote to its standard output
   * @param errors what it wrote to its standard error
   * @param whole false if it wrote more than is kept; then the end is missing
   */
  record Ended(int status, String output, String errors, boolean whole) implements ToolResult {
    private static final int MAX_WORDS = 200;

    /** Whether it ended with 0 and all that it wrote is here. */
    public boolean good() {
      return status == 0 && whole;
    }

    @Override
    public String why() {
      return "ended with status " + status + (whole ? "" : " and wrote too much") + words();
    }

    private String words() {
      return Stream.of(errors, output)
          .flatMap(String::lines)
          .filter(line -> !line.isBlank())
          .findFirst()
          .map(line -> ": " + line.substring(0, Math.min(MAX_WORDS, line.length())).strip())
          .orElse("")
          .replaceAll("\\p{Cntrl}", "?");
    }
  }

  /** Its time was over, and it was killed. */
  record TimedOut(Duration limit) implements ToolResult {
    @Override
    public String why() {
      return "did not end within " + limit.toMillis() + " ms and was killed";
    }
  }

  /** There is no such program on this host. */
  record Missing() implements ToolResult {
    @Override
    public String why() {
      return "is not installed, or not in the PATH of this process";
    }
  }

  /**
   * The program is there, but it could not be started this time.
   *
   * @param error one line
   */
  record NotStarted(String error) implements ToolResult {
    @Override
    public String why() {
      return "could not be started: " + error;
    }
  }

  /**
   * It was not started, because an earlier one was killed and is still there.
   *
   * @param pid the process that does not go away
   */
  record Stuck(long pid) implements ToolResult {
    @Override
    public String why() {
      return "was not started, because process " + pid + " of it hangs and cannot be killed";
    }
  }
}
