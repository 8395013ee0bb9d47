package dev.selfheal.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where the demo works: a throw-away folder that nobody else may read, and a port of loopback.
 *
 * @param folder absolute, without symbolic links
 * @param port the receiver's
 */
record Place(Path folder, int port) {
  /**
   * A new folder and a free port.
   *
   * @throws DemoFailed if there is no place for files
   */
  static Place make(UsualPort usual) throws DemoFailed, IOException {
    Path folder = newFolder();
    Files.createDirectories(folder.resolve("scratch"));
    Files.createDirectories(folder.resolve("textfiles"));
    return new Place(folder, usual.isOurs() ? UsualPort.NUMBER : Sockets.freePort());
  }

  private static Path newFolder() throws DemoFailed {
    try {
      return Files.createTempDirectory("selfheal-demo-").toRealPath();
    } catch (IOException e) {
      throw DemoFailed.impossible(
          "no folder can be made in %s (%s): name another one: java -Djava.io.tmpdir=FOLDER -jar ..."
              .formatted(System.getProperty("java.io.tmpdir"), e.getClass().getSimpleName()));
    }
  }

  /** Whether the receiver has the port that it has elsewhere, too. */
  boolean hasUsualPort() {
    return port == UsualPort.NUMBER;
  }

  Path textfile() {
    return folder.resolve("textfiles").resolve("ollama.prom");
  }

  Path configuration() {
    return folder.resolve("selfheal.yml");
  }

  Path scratch() {
    return folder.resolve("scratch");
  }

  Path webhookToken() {
    return folder.resolve("webhook.token");
  }

  URI receiver() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI webhook() {
    return receiver().resolve("/webhook/alertmanager");
  }

  /** Writes a file and returns where it is. */
  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Writes a new random token into a file that nobody else may read, and returns it. */
  String token(String name) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    return token;
  }
}
