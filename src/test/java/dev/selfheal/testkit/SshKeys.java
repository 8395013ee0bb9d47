package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes SSH keys and files of known hosts, as OpenSSH has them. */
public final class SshKeys {
  private SshKeys() {}

  /**
   * Makes a key pair.
   *
   * @param type such as {@code ed25519}, {@code ecdsa} or {@code rsa}
   * @param passphrase empty for none
   * @return the private key's file; the public key lies beside it and ends in {@code .pub}
   */
  public static Path make(Path file, String type, String passphrase) {
    // An RSA key of the usual 3072 bits takes a second.
    String bits = type.equals("rsa") ? "2048" : "256";
    run("-q", "-t", type, "-b", bits, "-N", passphrase, "-C", "a test", "-f", file.toString());
    return file;
  }

  /** The public key of a private key's file: its type and its text. */
  public static String publicKey(Path file) {
    String[] words = read(file.resolveSibling(file.getFileName() + ".pub")).split(" ", -1);
    return words[0] + " " + words[1];
  }

  /** Writes a file of known hosts. */
  public static Path knownHosts(Path file, String... lines) {
    try {
      return Files.write(file, Stream.of(lines).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hashes the names in a file of known hosts, as OpenSSH does it. */
  public static Path hashed(Path knownHosts) {
    run("-H", "-f", knownHosts.toString());
    return knownHosts;
  }

  private static void run(String... arguments) {
    ToolRun run = ToolRun.sshKeygen(arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError(List.of(arguments) + ": " + run.output());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
