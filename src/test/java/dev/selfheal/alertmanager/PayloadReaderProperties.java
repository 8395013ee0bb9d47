package dev.selfheal.alertmanager;

import static dev.selfheal.alertmanager.PayloadText.read;
import static dev.selfheal.alertmanager.PayloadText.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PayloadReaderProperties {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Any throw but the one allowed fails the property. */
  private static void readsOrRefusesWithOneSafeSentence(byte[] body) throws IOException {
    try {
      Payload payload = read(body);
      assertThat(payload.odd()).isNotNegative();
    } catch (MalformedPayloadException e) {
      assertThat(e.getMessage()).matches("[ -~]{1,240}\\.");
    }
  }

  @Property
  void anyJsonIsReadOrRefused(@ForAll("json") Object document) throws IOException {
    readsOrRefusesWithOneSafeSentence(MAPPER.writeValueAsBytes(document));
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] body) throws IOException {
    readsOrRefusesWithOneSafeSentence(body);
  }

  @Property
  void aRealPayloadWithOneChangedByteIsReadOrRefused(
      @ForAll @IntRange(max = 1300) int place, @ForAll byte value) throws IOException {
    byte[] body = resource("firing.json");
    body[place % body.length] = value;
    readsOrRefusesWithOneSafeSentence(body);
  }

  @Property
  void aRealPayloadCutShortIsReadOrRefused(@ForAll @IntRange(max = 1300) int length)
      throws IOException {
    byte[] body = resource("mixed.json");
    readsOrRefusesWithOneSafeSentence(Arrays.copyOf(body, length));
  }

  /** Random JSON that uses the payload's own names, so that it gets past the first member. */
  @Provide
  Arbitrary<Object> json() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "version", "alerts", "labels", "annotations", "status", "startsAt", "fingerprint"),
            Arbitraries.of("receiver", "truncatedAlerts"),
            Arbitraries.strings().ofMaxLength(100));
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.of("4", "firing", "0123456789abcdef", "2026-11-02T14:03:21Z"),
            Arbitraries.strings().ofMaxLength(100).asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.bigIntegers().asGeneric(),
            Arbitraries.of(true, false).injectNull(0.3).asGeneric());
    return Arbitraries.recursive(() -> scalars, inner -> nested(names, inner), 1, 5);
  }

  private static Arbitrary<Object> nested(Arbitrary<String> names, Arbitrary<Object> inner) {
    return Arbitraries.oneOf(
        inner,
        inner.list().ofMaxSize(3).asGeneric(),
        Arbitraries.maps(names, inner).ofMaxSize(6).asGeneric());
  }
}
