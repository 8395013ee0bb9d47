package dev.selfheal.deployed;

import java.util.List;
import java.util.function.Consumer;

/**
 * A link between a receiver and its host that is broken, and mended again.
 *
 * @param what what is wrong, in words
 * @param breaks what breaks it
 * @param link the only one that {@code verify} names then, such as {@code ssh gpu-02}
 * @param mend what it says about mending it, at least
 * @param mends what mends it
 */
record Breakage(
    String what, Consumer<Rack> breaks, String link, String mend, Consumer<Rack> mends) {

  /** Lines that root types, each behind the host's name, such as {@code "gpu-02# rm x"}. */
  static Consumer<Rack> typed(String... lines) {
    return rack -> List.of(lines).forEach(line -> type(rack, line.split("# ", 2)));
  }

  private static void type(Rack rack, String... hostAndLine) {
    rack.host(hostAndLine[0]).type(hostAndLine[1]);
  }

  /** Breaks it, waits until it is named alone, and mends it until all hold again. */
  void happensTo(Rack rack) {
    rack.host("receiver")
        .assertBroken(() -> breaks.accept(rack), link, mend, () -> mends.accept(rack));
  }

  @Override
  public String toString() {
    return what;
  }
}
