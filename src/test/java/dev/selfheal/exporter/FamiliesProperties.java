package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FamiliesProperties {
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-z_]+ .*|"
              + "[a-z_]+(\\{([a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",)+\\})? (-?[0-9.E-]+|[+-]Inf)");

  @Property(tries = 500)
  void noTextFromOutsideMakesADuplicateOrMalformedLine(@ForAll("gpus") List<Gpu> gpus) {
    Gpus seen = new Gpus.Seen(gpus, new Attribution.Nobody());
    String text =
        ExporterMetrics.text(Pages.of(Pages.fullSample(seen), Pages.full().verdict()), null);
    assertThat(text).endsWith("\n");
    List<String> lines = List.of(text.split("\n", -1));
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> LINE.matcher(line).matches() && !line.contains("\r"));
    assertThat(lines.stream().map(line -> line.replaceFirst(" [^ ]*$", "")))
        .doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<Gpu>> gpus() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(300),
            Arbitraries.of(
                "0",
                "1",
                "a\"} 1\nollama_up 0",
                "\\",
                "\\n",
                "x\r\ny",
                "\u2028",
                "\ud800",
                "\0",
                ""));
    Arbitrary<Double> reading = Arbitraries.doubles().injectNull(0.3);
    Arbitrary<Long> bytes = Arbitraries.longs().injectNull(0.3);
    return Combinators.combine(text, text, text, reading, bytes, bytes, reading, reading)
        .as(Gpu::new)
        .list()
        .ofMaxSize(6);
  }
}
