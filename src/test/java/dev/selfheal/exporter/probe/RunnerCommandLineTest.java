package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerCommandLineTest {
  private static final String BLOB_24 =
      "sha256-a713d9ab8b79897fb7504641d4963776c30c52e618818d9a63f3c5b2044fd9cd";
  private static final String BLOB_32 =
      "sha256-a7ba3206715f8c9ee3390c3a40b26afb21b0a03572af2b63c1af4308cc047cc0";

  @Test
  void readsARunnerOfOllama32() {
    assertThat(RunnerCommandLine.parse(Recorded.text("cmdline-0.32-runner.txt").strip()))
        .contains(new RunnerCommandLine(44_025, Dialect.CONNECTION_PER_CALL, false, BLOB_32));
  }

  @Test
  void readsARunnerOfOllama24() {
    assertThat(RunnerCommandLine.parse(Recorded.text("cmdline-0.24-runner.txt").strip()))
        .contains(new RunnerCommandLine(35_923, Dialect.POOLED, false, BLOB_24));
  }

  @Test
  void readsARunnerOfOllama3() {
    String line =
        "/tmp/ollama1/runners/cuda_v12/ollama_llama_server --model /m/blobs/sha256-b0 --ctx-size"
            + " 8192 --batch-size 512 --n-gpu-layers 33 --parallel 4 --port 40001";
    assertThat(RunnerCommandLine.parse(line))
        .contains(new RunnerCommandLine(40_001, Dialect.POOLED, false, "sha256-b0"));
  }

  @Test
  void readsTheBytesOfProcAsTheSameTextWithSpaces() {
    String joined = Recorded.text("cmdline-0.32-runner.txt").strip();
    assertThat(RunnerCommandLine.parse(joined.replace(' ', '\0') + "\0"))
        .isPresent()
        .isEqualTo(RunnerCommandLine.parse(joined));
  }

  @Test
  void readsTheNewEngineOfTheOldRunner() {
    assertThat(RunnerCommandLine.parse("/o/ollama runner --ollama-engine --model /m --port 5"))
        .contains(new RunnerCommandLine(5, Dialect.POOLED, false, null));
  }

  @Test
  void seesThatImagesAreEncodedOnTheCpu() {
    assertThat(RunnerCommandLine.parse("llama-server\0--no-mmproj-offload\0--port\0007\0"))
        .contains(new RunnerCommandLine(7, Dialect.CONNECTION_PER_CALL, true, null));
  }

  @Test
  void findsTheBlobBehindAPathWithSpacesInEitherForm() {
    RunnerCommandLine expected =
        new RunnerCommandLine(7, Dialect.CONNECTION_PER_CALL, false, "sha256-1");
    assertThat(RunnerCommandLine.parse("/a/llama-server --port 7 --model /my models/b/sha256-1"))
        .contains(expected);
    assertThat(
            RunnerCommandLine.parse(
                "/a/llama-server\0--model\0/my models/b/sha256-1\0--port\0007\0"))
        .contains(expected);
  }

  @Test
  void takesAnOptionWithAnEqualsSign() {
    assertThat(RunnerCommandLine.parse("llama-server --port=81 --model=/b/sha256-2"))
        .contains(new RunnerCommandLine(81, Dialect.CONNECTION_PER_CALL, false, "sha256-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "/usr/local/bin/ollama serve",
        "llama-server --port",
        "llama-server --port --model",
        "llama-server --port -1",
        "llama-server --port 0",
        "llama-server --port 65536",
        "llama-server --port 99999999999999999999",
        "llama-server --port eighty"
      })
  void isNoRunnerWithoutAPort(String line) {
    assertThat(RunnerCommandLine.parse(line)).isEmpty();
  }
}
