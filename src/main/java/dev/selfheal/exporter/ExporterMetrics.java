package dev.selfheal.exporter;

import org.jspecify.annotations.Nullable;

/** Words a page in metrics. Their names are promises to users. */
final class ExporterMetrics {

  private ExporterMetrics() {}

  /**
   * The text of a page.
   *
   * @param ollama the value of a label {@code ollama} on every series, to tell several on one host
   *     apart; null for none
   */
  static String text(Page page, @Nullable String ollama) {
    Families families = new Families(ollama);
    ApiMetrics.add(page, families);
    VerdictMetrics.add(page, families);
    HostMetrics.add(page, families);
    GpuMetrics.add(page.sample().gpus(), families);
    OwnMetrics.add(page, families);
    return families.text();
  }
}
