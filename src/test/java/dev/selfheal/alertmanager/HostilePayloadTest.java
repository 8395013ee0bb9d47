package dev.selfheal.alertmanager;

import static dev.selfheal.alertmanager.PayloadText.GOOD_ALERT;
import static dev.selfheal.alertmanager.PayloadText.payload;
import static dev.selfheal.alertmanager.PayloadText.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePayloadTest {

  @Test
  void isReadWithTenThousandAlerts() throws Exception {
    String alerts = String.join(",", Collections.nCopies(10_000, GOOD_ALERT));
    assertThat(read(payload(alerts)).alerts()).hasSize(10_000);
  }

  @Test
  void isReadWithLabelsOf64KiB() throws Exception {
    String kib64 = "x".repeat(64 << 10);
    String alert =
        GOOD_ALERT.replace("\"labels\":{", "\"labels\":{\"" + kib64 + "\":\"" + kib64 + "\",");
    assertThat(read(payload(alert)).alerts().get(0).labels()).containsEntry(kib64, kib64);
  }

  @Test
  void keepsControlAndShellCharactersAsTheyAre() throws Exception {
    String alert =
        GOOD_ALERT.replace("OllamaFrozen", "\\u0000\\u001b[2J\\r\\n$(reboot)`;|&\\u202e\\ud800");
    assertThat(read(payload(alert)).alerts().get(0).name())
        .isEqualTo("\u0000\u001b[2J\r\n$(reboot)`;|&\u202e\ud800");
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z, -62135596800",
    "0001-01-01T00:00:00+23:59, -62135683140",
    "9999-12-31T23:59:59Z, 253402300799",
    "9999-12-31T23:59:59-23:59, 253402387139",
  })
  void isReadWithTheFirstAndTheLastYear(String startsAt, long epochSecond) throws Exception {
    String alert = GOOD_ALERT.replace("2026-11-02T14:03:21Z", startsAt);
    assertThat(read(payload(alert)).alerts().get(0).key().startsAt())
        .isEqualTo(Instant.ofEpochSecond(epochSecond));
  }

  @Test
  void isReadWithDuplicateFingerprints() throws Exception {
    assertThat(read(payload(GOOD_ALERT + "," + GOOD_ALERT)).alerts()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void isRefusedWhenNestedTenThousandDeep(String open) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> read("{\"x\":" + open.repeat(10_000)))
        .withMessageStartingWith("JSON nested more than 32 levels deep");
  }

  @Test
  void isReadWithUnknownMembersNestedAsDeepAsAllowed() throws Exception {
    String deep = "[".repeat(31) + "]".repeat(31);
    assertThat(read("{\"x\":" + deep + ",\"version\":\"4\",\"alerts\":[]}").alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "-9", "0.9", "1e9"})
  void isReadWithNumbersOfAMillionDigitsWhereNobodyLooks(String start) throws Exception {
    String huge = start + "9".repeat(1_000_000);
    assertThat(read("{\"x\":[" + huge + "],\"version\":\"4\",\"alerts\":[]}").alerts()).isEmpty();
  }

  @Test
  void isRefusedAtOnceForACountOfAMillionDigits() {
    String body = "{\"truncatedAlerts\":" + "9".repeat(10_000_000) + "}";
    assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThatExceptionOfType(MalformedPayloadException.class)
                .isThrownBy(() -> read(body))
                .withMessageStartingWith("truncatedAlerts: expected a whole number"));
  }

  @Test
  void isReadInLinearTimeWhenAllLabelNamesHaveOneHash() {
    String labels =
        IntStream.range(0, 1 << 17)
            .mapToObj(HostilePayloadTest::colliding)
            .collect(Collectors.joining("\":\"\",\"", "{\"", "\":\"\"}"));
    String alert = GOOD_ALERT.replace("{\"alertname\":\"OllamaFrozen\"}", labels);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(read(payload(alert)).alerts().get(0).labels()).hasSize(1 << 17));
  }

  @Test
  void isRefusedWhenItIsMadeOfMillionsOfTinyValues() {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(
            () -> read("{\"x\":[" + "0,".repeat(3_000_000) + "0],\"version\":\"4\",\"alerts\":[]}"))
        .withMessage("JSON of more than 2000000 parts.");
  }

  @Test
  void keepsNothingOfHundredsOfThousandsOfEmptyAlerts() throws Exception {
    Payload payload = read(payload("{},".repeat(500_000) + "{}"));
    assertThat(payload.odd()).isEqualTo(500_001);
    assertThat(payload.alerts()).isEmpty();
  }

  @Test
  void isRefusedWhenItsBytesAreNoText() {
    for (int first = 0; first < 256; first++) {
      byte[] body = {'{', '"', (byte) first, (byte) 0xFF, (byte) 0xFE, 0, 0, '"', ':', '1', '}'};
      assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(() -> read(body));
    }
  }

  @Test
  void isReadAlsoWhenItIsUtf16() throws Exception {
    byte[] body = payload(GOOD_ALERT).getBytes(StandardCharsets.UTF_16);
    assertThat(read(body).alerts()).hasSize(1);
  }

  /** The strings Aa and BB have the same hash, and so has every row of as many of them. */
  private static String colliding(int bits) {
    StringJoiner name = new StringJoiner("");
    for (int bit = 0; bit < 17; bit++) {
      name.add((bits >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }
}
