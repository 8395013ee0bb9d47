package dev.selfheal.exporter.sample;

import java.util.List;

/** What is known of the GPUs of a host. */
public sealed interface Gpus {

  /** The host has none, or no driver: Ollama runs on the CPU. */
  record None() implements Gpus {}

  /** They answered. */
  record Seen(List<Gpu> gpus, Attribution attribution) implements Gpus {
    public Seen {
      gpus = List.copyOf(gpus);
    }
  }

  /** One fell off the bus, answers with errors, or hangs its tool: no restart can cure that. */
  record Lost(String why) implements Gpus {}

  /** They could not be read this time. */
  record Unreadable(String why) implements Gpus {}
}
