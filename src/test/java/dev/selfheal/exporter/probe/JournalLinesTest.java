package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLinesTest {

  private static Optional<String> message(String json) {
    byte[] line = json.getBytes(UTF_8);
    return JournalLines.message(line, 0, line.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"__CURSOR\":\"s=1\",\"MESSAGE\":\"slot x\",\"_BOOT_ID\":\"0\"};slot x",
        "{ \"MESSAGE\" : \"slot x\" };slot x",
        "{\"MESSAGE\":\"POST \\\"/api/\\u0063hat\\\"\\t\\\\\\/\"};POST \"/api/chat\"\t\\/",
        "{\"MESSAGE\":[ 111, 107 , 300 ]};ok?",
        "{\"MESSAGE\":[\"one\",\"two\"]};one",
        "{\"MESSAGE\":\"\\\"MESSAGE\\\":\\\"x\"};\"MESSAGE\":\"x",
        "{\"MESSAGE\":\"102µs\"};102??s",
        "{\"MESSAGE\":\"cut sho;cut sho"
      })
  void findsTheMessageInAllItsForms(String json, String message) {
    assertThat(message(json)).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"MESSAGE\":null}",
        "{\"MESSAGE\":",
        "{\"MESSAGE\"",
        "{\"MESSAGE\":[",
        "{\"MESSAGE\":{\"a\":1}}",
        "{\"A\":\"MESSAGE\",\"B\":\"x\"}",
        "{\"NO_MESSAGE\":\"slot x\"}"
      })
  void knowsWhenThereIsNone(String json) {
    assertThat(message(json)).isEmpty();
  }

  @Test
  void readsTheBytesOfAMessageWithControlCharacters() {
    assertThat(message("{\"MESSAGE\":[27,91,48,109,32,111,107]}")).contains("\u001b[0m ok");
  }

  @Test
  void readsNoMoreThanTheBeginning() {
    assertThat(message("{\"MESSAGE\":\"" + "x".repeat(100_000) + "\"}"))
        .contains("x".repeat(JournalLines.LONGEST));
  }

  @Test
  void aNoticeOfTheToolIsNoEntry() {
    byte[] hint = "Hint: You are currently not seeing messages".getBytes(UTF_8);
    assertThat(JournalLines.isEntry(hint, 0, hint.length)).isFalse();
  }
}
