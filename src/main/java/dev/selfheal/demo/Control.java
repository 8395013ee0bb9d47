package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where the demo and the tests command a fake server: a port of loopback of its own, and a random
 * token, both in a file that nobody else may read.
 */
final class Control {
  private static final int MOST_CHARACTERS = 200;

  private final Scheduler scheduler;
  private final Orders orders;
  private final String token;

  Control(Scheduler scheduler, Orders orders) {
    this.scheduler = scheduler;
    this.orders = orders;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
  }

  /** Listens from now on, and says in the file where. */
  void open(Path file) throws IOException {
    ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Background.run(() -> accept(listener));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, listener.getLocalPort() + " " + token);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void accept(ServerSocket listener) {
    try {
      while (true) {
        try (Socket socket = listener.accept()) {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
          char[] line = new char[MOST_CHARACTERS];
          int length = Math.max(0, in.read(line));
          HttpText.send(socket.getOutputStream(), answer(new String(line, 0, length).strip()));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the fake server cannot be commanded", e);
    }
  }

  private String answer(String line) {
    String[] words = line.split(" ", -1);
    if (!words[0].equals(token) || words.length < 2) {
      return "refused";
    }
    try {
      return obey(Arrays.copyOfRange(words, 1, words.length));
    } catch (RuntimeException e) {
      return "wrong: " + e.getMessage();
    }
  }

  private String obey(String[] words) {
    switch (words[0]) {
      case "load" -> orders.load(Integer.parseInt(words[1]));
      case "deadlock" -> orders.deadlock();
      case "wedge" -> orders.wedge();
      case "kill" -> eachOf(words, RunnerHandle::kill);
      case "prefill", "rate" -> {
        orders.stand(words[0], String.join(" ", words));
        scheduler.all().forEach(each -> each.runner().command(String.join(" ", words)));
      }
      case "spin", "wait", "go" -> eachOf(words, runner -> runner.command(words[0]));
      case "runners" -> {
        return scheduler.all().stream()
            .filter(each -> each.runner().isAlive())
            .map(each -> each.model().name() + "=" + each.runner().pid())
            .collect(Collectors.joining(" "));
      }
      default -> throw new IllegalArgumentException("there is no " + words[0]);
    }
    return "ok";
  }

  /** All runners, or that of the model that was named. */
  private void eachOf(String[] words, Consumer<RunnerHandle> action) {
    scheduler.all().stream()
        .filter(each -> words.length == 1 || each.model().name().equals(words[1]))
        .forEach(each -> action.accept(each.runner()));
  }
}
