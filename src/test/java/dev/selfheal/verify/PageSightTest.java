package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class PageSightTest {
  @TempDir Path folder;

  @Test
  void aPageOfTheLongestLengthIsRead() throws IOException {
    Path page = Files.writeString(folder.resolve("a.prom"), "a".repeat(256 << 10));
    assertThat(PageSight.read(page).text()).hasSize(256 << 10);
    Files.writeString(page, "a".repeat((256 << 10) + 1));
    assertThat(PageSight.read(page).trouble()).contains("longer than 256 KiB");
  }

  @Test
  void aDeviceBehindALinkIsNotRead() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.prom"), Path.of("/dev/zero"));
    assertThat(PageSight.read(link).trouble()).contains("is no regular file");
    assertThat(PageSight.read(folder).trouble()).contains("is no regular file");
  }

  @Test
  void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = folder.resolve("a.prom");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(PageSight.read(pipe).trouble()).contains("is no regular file");
  }

  @Test
  void whatIsNoTextIsNoPage() throws IOException {
    Path page = Files.write(folder.resolve("a.prom"), new byte[] {(byte) 0xff, 'a'});
    assertThat(PageSight.read(page).trouble()).contains("is no text");
  }
}
