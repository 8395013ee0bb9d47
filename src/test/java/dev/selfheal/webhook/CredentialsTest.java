package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.webhook.Credentials.BasicUser;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }
}
