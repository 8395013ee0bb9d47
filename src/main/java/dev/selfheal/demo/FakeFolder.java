package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder in which a fake Ollama lives.
 *
 * @param path absolute, and without quotes: it stands in scripts
 */
record FakeFolder(Path path) {
  private static final String SERVE = "ollama serve";

  /** Makes everything that a server in an empty folder needs. */
  static FakeFolder make(Path path, FakeOllama.Kind kind, int port) throws IOException {
    FakeFolder folder = new FakeFolder(path.toRealPath());
    if (folder.path.toString().contains("'")) {
      throw new IOException(path + ": a fake Ollama needs a folder without quotes in its name");
    }
    Path bin = Files.createDirectories(folder.path.resolve("bin"));
    Files.createDirectories(folder.gpu());
    Files.createFile(folder.log());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
    for (String name : List.of(SERVE, "ollama runner", "llama-server")) {
      Files.createSymbolicLink(bin.resolve(name), java);
    }
    Files.createSymbolicLink(bin.resolve("classes"), classes());
    Map<String, String> words =
        Map.of("@FOLDER@", folder.path.toString(), "@SERVE@", folder.serve(kind, port));
    Files.writeString(folder.script(), folder.text("restart.sh", words));
    Files.writeString(folder.path.resolve("seed.sh"), folder.text("seed.sh", words));
    for (String tool : List.of("nvidia-smi", "systemctl", "journalctl")) {
      folder.writeTool(tool, words);
    }
    return folder;
  }

  Path script() {
    return path.resolve("restart.sh");
  }

  Path tools() {
    return path.resolve("tools");
  }

  Path log() {
    return path.resolve("log");
  }

  Path gpu() {
    return path.resolve("gpu");
  }

  Path control() {
    return path.resolve("control");
  }

  private String serve(FakeOllama.Kind kind, int port) {
    List<String> argv = new ArrayList<>(Setting.java(path, SERVE));
    argv.add(FakeServe.class.getName());
    argv.addAll(List.of("--folder", path.toString(), "--port", Integer.toString(port)));
    argv.addAll(List.of("--fake", kind.version().name(), "--gpu", kind.gpu() ? "yes" : "no"));
    argv.addAll(List.of("--keep-alive-millis", Long.toString(kind.keepAlive().toMillis())));
    argv.addAll(List.of("--owner", Long.toString(ProcessHandle.current().pid())));
    return argv.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private void writeTool(String name, Map<String, String> words) throws IOException {
    Path tool = Files.createDirectories(tools()).resolve(name);
    Files.writeString(tool, text(name, words));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
  }

  private String text(String name, Map<String, String> words) throws IOException {
    String text = resource(name).replace("@SETSID@", setsid());
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    return text;
  }

  /** So that a terminal's Ctrl-C reaches the demo alone; where it is missing, nothing is lost. */
  private static String setsid() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst()
        .orElse("");
  }

  private static Path classes() throws IOException {
    try {
      return Path.of(FakeFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toRealPath();
    } catch (URISyntaxException e) {
      throw new IOException("the fake Ollama cannot find its own classes", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = FakeFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " of the fake Ollama is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
