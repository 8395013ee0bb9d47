package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndertakerTest {
  @TempDir private Path folder;

  @Test
  void removesTheFolderAndWhatRunsThereWhateverThePathOfTheDemoIs() throws Exception {
    Path own = Files.createDirectory(folder.toRealPath().resolve("selfheal-demo-1"));
    Path script = Files.writeString(own.resolve("script"), "read forever");
    Process left = new ProcessBuilder("/bin/sh", script.toString()).start();
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", Shipped.text("undertaker.sh"));
    shell.environment().put("SELFHEAL_DEMO_FOLDER", own.toString());
    shell.environment().put("PATH", "/nonexistent");
    Process undertaker = shell.start();
    undertaker.getOutputStream().close();
    assertThat(undertaker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(own).doesNotExist();
    assertThat(left.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
