package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileWriterTest {
  @TempDir private Path folder;

  @Test
  void replacesThePageAndLeavesNothingElseInTheFolder() throws IOException {
    TextfileWriter writer = TextfileWriter.open(file());
    writer.write("a 1\n");
    writer.write("a 2\n");
    assertThat(file()).hasContent("a 2\n");
    assertThat(folder).isDirectoryContaining(file()::equals);
    assertThat(folder.toFile().list()).containsExactly("ollama.prom");
  }

  @Test
  void everybodyMayReadThePageAndOnlyItsOwnerWriteIt() throws IOException {
    Files.writeString(file(), "old");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    TextfileWriter.open(file()).write("a 1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void removesWhatACrashLeft() throws IOException {
    Files.writeString(folder.resolve("ollama.prom.new"), "half");
    TextfileWriter.open(file());
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void writesThroughNothingThatWasPutInItsWay() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "keep");
    TextfileWriter writer = TextfileWriter.open(file());
    Files.createSymbolicLink(folder.resolve("ollama.prom.new"), precious);
    writer.write("a 1\n");
    assertThat(precious).hasContent("keep");
    assertThat(file()).isRegularFile().hasContent("a 1\n");
  }

  @Test
  void tellsWhatToDoWithoutAFolder() {
    assertThatThrownBy(() -> TextfileWriter.open(folder.resolve("no/ollama.prom")))
        .isInstanceOf(TextfileWriter.UnusableException.class)
        .hasMessage(
            "exporter.textfile: the folder "
                + folder.resolve("no")
                + " does not exist: create it, or name another; node_exporter of Debian reads"
                + " /var/lib/prometheus/node-exporter, upstream's guides use"
                + " /var/lib/node_exporter/textfile_collector");
  }

  @Test
  void tellsWhatToDoWhereAFolderIsInTheWay() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> TextfileWriter.open(file()))
        .hasMessageStartingWith("exporter.textfile: this user cannot write " + file())
        .hasMessageContaining("/var/lib/prometheus/node-exporter");
  }

  @Test
  void tellsThatTheFolderHasGoneAndGoesOnWhenItIsBack() throws IOException {
    TextfileWriter writer = TextfileWriter.open(file());
    Files.delete(folder);
    assertThatThrownBy(() -> writer.write("a 1\n"))
        .isInstanceOf(TextfileWriter.UnusableException.class);
    Files.createDirectory(folder);
    writer.write("a 2\n");
    assertThat(file()).hasContent("a 2\n");
  }

  private Path file() {
    return folder.resolve("ollama.prom");
  }
}
