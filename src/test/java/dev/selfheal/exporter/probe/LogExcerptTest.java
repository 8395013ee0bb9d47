package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogExcerptTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      textBlock =
          """
          [GIN] 2026/11/22 - 02:52:45 | 200 | 1.5s | 203.0.113.9 | POST     "/api/chat?q=secret" # [GIN] 2026/11/22 - 02:52:45 | 200 | 1.5s | client | POST     "/api/chat"
          [GIN] 2026/11/22 - 02:52:45 | 500 | 791.15?s | 2001:db8::7 | POST     "/v1/chat/completions" # [GIN] 2026/11/22 - 02:52:45 | 500 | 791.15?s | client | POST     "/v1/chat/completions"
          slot print_timing: id  0 | task 3 | prompt eval time =     20.5 ms /    12 tokens (a secret) # slot print_timing: id  0 | task 3 | prompt eval time =     20.5 ms /    12 tokens (? ?)
          slot update_slots: id  0 | task 3 | prompt processing progress, n_tokens = 12, progress = 0.5 # slot update_slots: id  0 | task 3 | prompt processing progress, n_tokens = 12, progress = 0.5
          slot launch_slot_: id  0 | task 3 | prompt: "my secret 4711" # slot launch_slot_
          0.12.345.678 I srv  log_server_r: my secret # 0.12.345.678 I srv  log_server_r
          time=2026 level=INFO source=server.go:1 msg="starting runner" cmd="/home/me/x" # msg="starting runner"
          time=2026 level=INFO msg="llama runner started in 6.71 seconds" x="/home/me" # msg="llama runner started in"
          """)
  void keepsWhatCountsAndNothingThatAUserSent(String line, String excerpt) {
    assertThat(excerpt(line)).hasValue(excerpt);
    assertThat(LogLine.parse(excerpt)).isEqualTo(LogLine.parse(line));
  }

  @Test
  void keepsNothingOfALineWhoseExcerptWouldSaySomethingElse() {
    assertThat(excerpt("[GIN] [GIN] secret | 200 | x | y | POST \"/api/chat\"")).isEmpty();
  }

  private static Optional<String> excerpt(String line) {
    return LogExcerpt.of(line, LogLine.parse(line).orElseThrow());
  }
}
