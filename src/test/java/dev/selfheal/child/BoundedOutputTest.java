package dev.selfheal.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedOutputTest {
  private final BoundedOutput output = new BoundedOutput(8192);

  @Test
  void isEmptyWhenNothingIsWritten() {
    assertThat(output.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2047, 2048, 2049, 8191, 8192})
  void keepsEverythingUpToEightKibibytes(int length) {
    String text = numbered(length);
    write(text);
    assertThat(output.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {8193, 14336, 14337, 100_000})
  void keepsTheBeginningAndTheEndOfMore(int length) {
    String text = numbered(length);
    write(text);
    assertThat(output.text())
        .isEqualTo(
            text.substring(0, 2048)
                + "\n["
                + (length - 8192)
                + " bytes left out]\n"
                + text.substring(length - 6144));
  }

  @Test
  void takesWhatIsWrittenPieceByPieceAsOneText() {
    String text = numbered(20_000);
    for (int i = 0; i < text.length(); i += 7) {
      write(text.substring(i, Math.min(i + 7, text.length())));
    }
    assertThat(output.text()).endsWith(text.substring(20_000 - 6144));
  }

  @Test
  void replacesWhatIsNoUtf8AndWhatControlsATerminal() {
    byte[] bytes = {'a', (byte) 0xff, 'b', 0, 0x1b, '[', '3', '1', 'm', '\r', '\n', 0x07, 'c'};
    output.add(bytes, bytes.length);
    write("\u202e\u009b\u2028\u00e4\u20ac");
    assertThat(output.text()).isEqualTo("a?b??[31m\n?c???\u00e4\u20ac");
  }

  @Test
  void neverTakesMoreBytesThanItKeeps() {
    write("\u00ff".repeat(50_000));
    byte[] invalid = new byte[9000];
    Arrays.fill(invalid, (byte) 0xc3);
    output.add(invalid, invalid.length);
    assertThat(output.text().getBytes(UTF_8).length).isLessThan(8192 + 64);
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    output.add(bytes, bytes.length);
  }

  /** A text in which every place looks different. */
  private static String numbered(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append(i).append('.');
    }
    return text.replace(length - 1, text.length(), "!").toString();
  }
}
