package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.verify.CheckResult.Ok;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  /** A check that does what it is told to. */
  private record Told(CheckName name, Once.Question<CheckResult> doing) implements Check {
    @Override
    public CheckResult run() throws InterruptedException {
      return doing.ask();
    }
  }

  @Test
  void aCheckThatHangsIsGivenUpAndTheOthersAreTold() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    List<Check> checks =
        List.of(
            new Told(
                CheckName.SSH,
                () -> {
                  never.await();
                  return new Ok("never");
                }),
            new Told(CheckName.RULES, () -> new Ok("loaded")));
    VerifyReport report = new Verifier(checks, CLOCK, Duration.ofMillis(300)).run();
    assertThat(VerifiedChain.broken(report)).containsExactly("ssh");
    assertThat(report.findings().get(1).result()).isEqualTo(new Ok("loaded"));
  }

  @Test
  void checksRunAtOnce() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    Once.Question<CheckResult> meeting =
        () -> {
          both.countDown();
          both.await();
          return new Ok("met");
        };
    List<Check> checks =
        List.of(new Told(CheckName.SSH, meeting), new Told(CheckName.RULES, meeting));
    assertThat(new Verifier(checks, CLOCK, Duration.ofSeconds(20)).run().good()).isTrue();
  }
}
