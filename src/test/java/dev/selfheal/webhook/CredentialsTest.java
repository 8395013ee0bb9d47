package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.selfheal.webhook.Credentials.BasicUser;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guess costs: a count of the slow checks, not a time. */
class CredentialsTest {

  /** The hashes against which a password was checked, in order. */
  private final List<String> checked = new ArrayList<>();

  private final Credentials credentials =
      new Credentials(
          Map.of(),
          List.of(
              new BasicUser("prometheus", Role.WEBHOOK, "hash of secret"),
              new BasicUser("jo", Role.OPERATOR, "hash of other")),
          new Passwords(this::check));

  private boolean check(byte[] password, byte[] hash) {
    checked.add(new String(hash, UTF_8));
    return new String(hash, UTF_8).equals("hash of " + new String(password, UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus", "jo", "nobody", "PROMETHEUS", ""})
  void aKnownNameAndAnUnknownOneCostOneSlowCheckEach(String name) {
    assertThat(credentials.proven(basic(name, "wrong"))).isEmpty();
    assertThat(checked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus", "jo", "nobody"})
  void whatAnotherNameWasAskedBeforeMakesNoNameCheaper(String name) {
    credentials.proven(basic("somebody", "guess"));
    checked.clear();
    credentials.proven(basic(name, "guess"));
    assertThat(checked).hasSize(1);
  }

  @Test
  void anUnknownNameProvesNothingWithAKnownUsersPassword() {
    assertThat(credentials.proven(basic("nobody", "secret"))).isEmpty();
    assertThat(credentials.proven(basic("prometheus", "secret"))).containsExactly(Role.WEBHOOK);
    assertThat(credentials.proven(basic("jo", "secret"))).isEmpty();
    assertThat(credentials.proven(basic("jo", "other"))).containsExactly(Role.OPERATOR);
  }

  @Test
  void aVerdictIsRemembered() {
    for (int i = 0; i < 3; i++) {
      assertThat(credentials.proven(basic("jo", "other"))).containsExactly(Role.OPERATOR);
    }
    assertThat(checked).hasSize(1);
  }

  @Test
  void aFloodOfGuessesHoldsFewThreadsAndNobodyWhoNeedsNoCheck() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Credentials slow =
        new Credentials(
            Map.of(Role.WEBHOOK, "token"),
            List.of(new BasicUser("jo", Role.OPERATOR, "hash")),
            new Passwords((password, hash) -> await(end)));
    AtomicInteger refused = new AtomicInteger();
    List<Thread> guesses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String guess = basic("guess-" + i, "x");
      guesses.add(new Thread(() -> guess(slow, guess, refused)));
    }
    guesses.forEach(Thread::start);
    Awaitility.await().untilAtomic(refused, equalTo(32));
    assertThat(slow.proven("Bearer token")).containsExactly(Role.WEBHOOK);
    end.countDown();
    for (Thread guess : guesses) {
      guess.join();
    }
    assertThat(slow.proven(basic("jo", "y"))).isEmpty();
  }

  private static void guess(Credentials credentials, String header, AtomicInteger refused) {
    try {
      credentials.proven(header);
    } catch (HttpError e) {
      refused.addAndGet(e.status() == 503 ? 1 : 1_000);
    }
  }

  private static boolean await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }
}
