package dev.selfheal.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiStatusTest {

  /** Whatever this host's clock says: the times are years from it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2001-02-03T04:05:06.789Z      | Sat, 03 Feb 2001 04:10:06 GMT | PT4M59.211S",
        "2001-02-03T04:05:06Z          | Sat, 03 Feb 2001 04:10:06 GMT | PT5M",
        "2001-02-03T06:05:06.000+02:00 | Sat, 03 Feb 2001 04:10:06 GMT | PT5M",
        "2091-02-03T04:05:06Z          | Sat, 03 Feb 2091 04:05:01 GMT | PT-5S",
      })
  void comparesTheTwoTimesOfTheAnswerItself(String uptime, String date, Duration age)
      throws Exception {
    assertThat(ApiStatus.age(date(date), body(uptime))).isEqualTo(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2001-02-03T04:05:06Z", "Sat, 99 Feb 2001 04:10:06 GMT"})
  void doesNotGuessAtADateThatIsNone(String date) {
    assertThatThrownBy(() -> ApiStatus.age(date(date), body("2001-02-03T04:05:06Z")))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("the Date header: expected a time, found none.");
  }

  @Test
  void needsADate() {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    assertThatThrownBy(() -> ApiStatus.age(none, body("2001-02-03T04:05:06Z")))
        .isInstanceOf(MalformedPayloadException.class);
  }

  private static HttpHeaders date(String date) {
    return HttpHeaders.of(Map.of("date", List.of(date)), (name, value) -> true);
  }

  private static InputStream body(String uptime) {
    return new ByteArrayInputStream(("{\"uptime\":\"" + uptime + "\"}").getBytes(UTF_8));
  }
}
