package dev.selfheal.alertmanager;

import static dev.selfheal.alertmanager.PayloadText.payload;
import static dev.selfheal.alertmanager.PayloadText.read;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedPayloadTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "''                       | The body: expected an object, found nothing.",
        "'  '                     | The body: expected an object, found nothing.",
        "[]                       | The body: expected an object, found an array.",
        "null                     | The body: expected an object, found null.",
        "4                        | The body: expected an object, found a number.",
        "{}                       | version: expected \"4\", found nothing.",
        "{\"version\":null}       | version: expected \"4\", found nothing.",
        "{\"version\":\"5\"}      | version: expected \"4\", found \"5\".",
        "{\"version\":4}          | version: expected a string, found a number.",
        "{\"version\":{}}         | version: expected a string, found an object.",
        "{\"version\":[\"4\"]}    | version: expected a string, found an array.",
        "{\"version\":\"4\"}      | alerts: expected an array, found nothing.",
        "{\"alerts\":null}        | alerts: expected an array, found null.",
        "{\"alerts\":{}}          | alerts: expected an array, found an object.",
        "{\"alerts\":\"\"}        | alerts: expected an array, found a string.",
        "{\"alerts\":[[]]}        | alerts[0]: expected an object, found an array.",
        "{\"alerts\":[{},null]}   | alerts[1]: expected an object, found null.",
        "{\"receiver\":true}      | receiver: expected a string, found a boolean.",
        "{\"x\":1,\"version\":\"4\",\"alerts\":[] | The JSON is cut off at line 1, column 33.",
        "{\"version\":\"4\",      | Not valid JSON at line 1, column 16.",
        "{\"version\":\"4         | The JSON is cut off at line 1, column 14.",
        "{version:4}              | Not valid JSON at line 1, column 2.",
        "{\"a\":NaN}              | Not valid JSON at line 1, column 9.",
        "{\"a\":01}               | Not valid JSON at line 1, column 7.",
        "<html>                   | Not valid JSON at line 1, column 1.",
        "{\"version\":\"4\",\"alerts\":[]} x | Not valid JSON at line 1, column 29.",
        "{\"version\":\"4\",\"alerts\":[]}{} | Text after the end of the JSON at line 1, column 28.",
        "{\"version\":\"4\",\"alerts\":[]}]  | Not valid JSON at line 1, column 28.",
      })
  void isRefusedWithOneSentenceThatSaysWhere(String body, String message) {
    assertRefused(body, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"status\":5             | status: expected a string, found a number.",
        "\"startsAt\":1762092201  | startsAt: expected a string, found a number.",
        "\"fingerprint\":false    | fingerprint: expected a string, found a boolean.",
        "\"labels\":5             | labels: expected an object of strings, found a number.",
        "\"labels\":[]            | labels: expected an object of strings, found an array.",
        "\"labels\":\"\"          | labels: expected an object of strings, found a string.",
        "\"labels\":{\"a\":1}     | labels.a: expected a string, found a number.",
        "\"labels\":{\"a\":null}  | labels.a: expected a string, found null.",
        "\"labels\":{\"a\":{}}    | labels.a: expected a string, found an object.",
        "\"annotations\":{\"a\":[\"x\"]} | annotations.a: expected a string, found an array.",
      })
  void isRefusedForAWrongTypeInAnAlertAndNamesTheAlert(String member, String message) {
    assertRefused(payload("{},{},{},{" + member + "}"), "alerts[3]." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 | a number",
        "1.0 | a number",
        "1e3 | a number",
        "9223372036854775808 | a number",
        "99999999999999999999999999 | a number",
        "\"7\" | a string",
      })
  void isRefusedForATruncatedCountThatIsNone(String count, String found) {
    assertRefused(
        "{\"truncatedAlerts\":" + count + "}",
        "truncatedAlerts: expected a whole number from 0 to 9223372036854775807, found "
            + found
            + ".");
  }

  @Test
  void isRefusedWithoutQuotingMoreThanAGlimpseOfIt() {
    String hostile = "\\u0000\\u001b[31m\\r\\n\\u202e<script>" + "A".repeat(100_000);
    assertRefused(
        payload("{\"labels\":{\"" + hostile + "\":1}}"),
        "alerts[0].labels.??[31m???<script>"
            + "A".repeat(23)
            + "...: expected a string, found a number.");
    assertRefused(
        "{\"version\":\"" + hostile + "\"}",
        "version: expected \"4\", found \"??[31m???<script>AAA...\".");
  }

  private static void assertRefused(String body, String message) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> read(body))
        .withMessage(message);
  }
}
