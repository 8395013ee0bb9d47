package dev.selfheal.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a fake server was started.
 *
 * @param folder its own, with the programs under their names, and where it leaves its files
 * @param gpu whether its models are on a GPU
 * @param keepAlive how long a model stays in memory without requests
 */
record Setting(FakeVersion version, int port, Path folder, boolean gpu, Duration keepAlive) {

  static Setting of(Arguments arguments) {
    return new Setting(
        FakeVersion.valueOf(arguments.get("--fake", "PER_CALL")),
        arguments.number("--port", 11434),
        Path.of(arguments.get("--folder", ".")),
        arguments.get("--gpu", "no").equals("yes"),
        Duration.ofMillis(arguments.number("--keep-alive-millis", 300_000)));
  }

  /** Where the weights would lie, if there were any. */
  Path blobs() {
    return folder.resolve("models/blobs");
  }

  /** The beginning of a command line that runs Java under another name. */
  List<String> java(String name) {
    return java(folder, name);
  }

  static List<String> java(Path folder, String name) {
    return List.of(
        folder.resolve("bin").resolve(name).toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx96m",
        "-XX:-UsePerfData",
        "-Djava.net.preferIPv4Stack=true",
        "-cp",
        folder.resolve("bin").resolve("classes").toString());
  }
}
