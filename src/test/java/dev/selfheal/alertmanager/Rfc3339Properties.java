package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class Rfc3339Properties {

  @Property
  void readsWhatTheJdkWrites(
      @ForAll @LongRange(min = -62135510400L, max = 253402214399L) long epochSecond,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll @IntRange(min = -1080, max = 1080) int offsetMinutes) {
    Instant instant = Instant.ofEpochSecond(epochSecond, nanos);
    OffsetDateTime there = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(there);
    assertThat(Rfc3339.parse(text)).contains(instant);
  }

  @Property
  void neverThrows(@ForAll String text) {
    assertThat(Rfc3339.parse(text)).isEmpty();
  }
}
