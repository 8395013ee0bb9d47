package dev.selfheal.alertmanager;

import static dev.selfheal.alertmanager.PayloadText.GOOD_ALERT;
import static dev.selfheal.alertmanager.PayloadText.payload;
import static dev.selfheal.alertmanager.PayloadText.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddAlertTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"firing\"               | \"FIRING\"",
        "\"firing\"               | \"pending\"",
        "\"firing\"               | \"\"",
        "\"firing\"               | null",
        "\"0123456789abcdef\"     | \"0123456789abcde\"",
        "\"0123456789abcdef\"     | \"0123456789abcdef0\"",
        "\"0123456789abcdef\"     | \"0123456789abcdeg\"",
        "\"0123456789abcdef\"     | \"../../../etc/pas\"",
        "\"0123456789abcdef\"     | \"\"",
        "\"0123456789abcdef\"     | null",
        "\"2026-11-02T14:03:21Z\" | \"yesterday\"",
        "\"2026-11-02T14:03:21Z\" | \"\"",
        "\"2026-11-02T14:03:21Z\" | \"2026-11-02\"",
        "\"2026-11-02T14:03:21Z\" | \"2026-02-30T00:00:00Z\"",
        "\"2026-11-02T14:03:21Z\" | null",
        "{\"alertname\":\"OllamaFrozen\"} | null",
      })
  void costsOnlyItselfWhenAValueIsOdd(String good, String odd) throws Exception {
    String oddAlert = GOOD_ALERT.replace(good, odd);
    assertThat(oddAlert).isNotEqualTo(GOOD_ALERT);
    Payload payload = read(payload(GOOD_ALERT + "," + oddAlert + "," + GOOD_ALERT));
    assertThat(payload.alerts()).hasSize(2);
    assertThat(payload.odd()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "fingerprint", "startsAt", "labels"})
  void costsOnlyItselfWhenAMemberIsMissing(String member) throws Exception {
    String without = GOOD_ALERT.replace('"' + member + '"', "\"not-" + member + '"');
    Payload payload = read(payload(without + "," + GOOD_ALERT));
    assertThat(payload.alerts()).hasSize(1);
    assertThat(payload.odd()).isEqualTo(1);
  }

  @Test
  void isUsableWithoutAnnotations() throws Exception {
    String without = GOOD_ALERT.replace("\"annotations\":{},", "");
    assertThat(read(payload(without)).alerts()).hasSize(1);
    String withNull = GOOD_ALERT.replace("\"annotations\":{}", "\"annotations\":null");
    assertThat(read(payload(withNull)).alerts()).hasSize(1);
  }

  @Test
  void hasOneIdentityHoweverItsFingerprintIsSpelt() throws Exception {
    String upper = GOOD_ALERT.replace("0123456789abcdef", "0123456789ABCdef");
    assertThat(read(payload(GOOD_ALERT + "," + upper)).alerts())
        .extracting(Alert::key)
        .hasSize(2)
        .containsOnly(read(payload(GOOD_ALERT)).alerts().get(0).key());
  }
}
