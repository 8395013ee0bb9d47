package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmlessTest {

  @Test
  void leavesOrdinaryTextOfAnyLanguageAlone() {
    assertThat(Harmless.text("Kühlung getauscht 冷却 🧊")).isEqualTo("Kühlung getauscht 冷却 🧊");
  }

  @Test
  void replacesWhateverMovesTheCursorOrTurnsTheText() {
    assertThat(
            Harmless.text(
                "a\u001b[2Jb\nc\rd\u0007e\u009bf\u007fg\u202eh\u2028i\ud800j\u0000k\u200bl"))
        .isEqualTo("a?[2Jb?c?d?e?f?g?h?i?j?k?l");
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(Harmless.text("x".repeat(1000))).hasSize(1000);
    assertThat(Harmless.text("x".repeat(1001))).hasSize(1003).endsWith("x...");
  }
}
