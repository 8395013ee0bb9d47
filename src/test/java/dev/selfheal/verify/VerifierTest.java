package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.verify.CheckResult.Ok;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  void aCheckWithAMistakeIsItselfBrokenAndTheOthersAreTold() throws InterruptedException {
    List<Check> checks =
        List.of(
            new Told(
                CheckName.SSH,
                () -> {
                  throw new IllegalArgumentException("no such thing");
                }),
            new Told(CheckName.RULES, () -> new Ok("loaded")));
    VerifyReport report = new Verifier(checks, CLOCK, Duration.ofSeconds(20)).run();
    assertThat(VerifiedChain.broken(report)).containsExactly("ssh");
    assertThat(report.findings().get(0).result().seen())
        .contains("IllegalArgumentException: no such thing");
    assertThat(report.findings().get(1).result()).isEqualTo(new Ok("loaded"));
  }

  @Test
  void aThousandChecksNeedFewThreads() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Check check =
        new Told(
            CheckName.RULES,
            () -> {
              threads.add(Thread.currentThread());
              return new Ok("loaded");
            });
    List<Check> checks = Collections.nCopies(1000, check);
    assertThat(new Verifier(checks, CLOCK, Duration.ofSeconds(20)).run().good()).isTrue();
    assertThat(threads).hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void hostsTakeTurns() {
    assertThat(CheckList.byTurns(List.of(List.of("a1", "a2", "a3"), List.of(), List.of("b1"))))
        .containsExactly("a1", "b1", "a2", "a3");
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
