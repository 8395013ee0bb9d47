package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on a free port of loopback that keeps what it is sent: who wakes up at night. */
public final class MailSink implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> mails = new CopyOnWriteArrayList<>();

  /** Starts it. */
  public MailSink() {
    try {
      listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** HOST:PORT of it. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** The subjects of all mails that have arrived, the oldest first. */
  public List<String> subjects() {
    return mails.stream()
        .flatMap(mail -> mail.lines().filter(line -> line.startsWith("Subject: ")).limit(1))
        .map(line -> line.substring("Subject: ".length()))
        .toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      say(client, "220 here");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.toUpperCase(Locale.ROOT);
        if (verb.startsWith("DATA")) {
          say(client, "354 go on");
          mails.add(text(in));
        }
        say(client, verb.startsWith("QUIT") ? "221 bye" : "250 good");
      }
    } catch (IOException e) {
      // The client has gone; what it sent before is kept.
    }
  }

  private static String text(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      lines.add(line);
    }
    return String.join("\n", lines);
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "mail-sink");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
