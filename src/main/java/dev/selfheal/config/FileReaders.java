package dev.selfheal.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Readers of settings that name a file.
 *
 * @param folder what a relative path is relative to: the configuration file's folder
 * @param unseen whether what the names stand for is left alone, there or not, readable or not
 */
record FileReaders(Path folder, boolean unseen) {
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int SHORT_TOKEN = 16;
  private static final String KEY_BEGIN = "-----BEGIN ";
  private static final Set<PosixFilePermission> FOR_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  /** Readers that look into the files. */
  FileReaders(Path folder) {
    this(folder, false);
  }

  /** A path to anything, there or not. */
  Reader<Path> path() {
    return Scalars.parsed("a file name", this::resolve);
  }

  /** A file that exists and may be read. */
  Reader<Path> readable() {
    return looking(
        (node, problems) -> {
          Path file = path().read(node, problems);
          if (file == null || (Files.isReadable(file) && !Files.isDirectory(file))) {
            return file;
          }
          String fault =
              Files.exists(file) ? " is not a file that this user may read" : " does not exist";
          problems.error(node.place(), shown(file, node) + fault);
          return null;
        });
  }

  /** The file's name; but a variable that names no file may hold the secret itself. */
  private static String shown(Path file, Node node) {
    boolean expanded = node instanceof Node.Scalar scalar && scalar.isExpanded();
    return expanded ? node.description() : file.toString();
  }

  /** A readable file that nobody else should be able to read. */
  Reader<Path> confidential() {
    return looking(
        (node, problems) -> {
          Path file = readable().read(node, problems);
          if (file != null && isWorldReadable(file)) {
            problems.warning(
                node.place(), file + " can be read by every user of this machine; chmod it to 640");
          }
          return file;
        });
  }

  /** A private SSH key, which the client refuses if anybody but its owner has a right to it. */
  Reader<Path> privateKey() {
    return looking(
        (node, problems) -> {
          Path file = readable().read(node, problems);
          if (file == null) {
            return null;
          }
          if (!Collections.disjoint(rights(file), FOR_OTHERS)) {
            problems.error(
                node.place(), file + " is open to others than its owner; chmod it to 600");
          } else if (!beginsLikeAKey(file)) {
            problems.error(
                node.place(),
                file + " is no private key; make one with ssh-keygen -t ed25519 -N ''");
          }
          return file;
        });
  }

  /** A readable file that nobody else should be able to change. */
  Reader<Path> guarded() {
    return looking(
        (node, problems) -> {
          Path file = readable().read(node, problems);
          if (file != null && rights(file).contains(PosixFilePermission.OTHERS_WRITE)) {
            problems.warning(
                node.place(),
                file + " can be changed by every user of this machine; chmod it to 644");
          }
          return file;
        });
  }

  /** A file with a token fit for an Authorization header. */
  Reader<Path> token() {
    return secret(
        (secret, node, problems) -> {
          if (!TOKEN.matcher(secret.reveal()).matches()) {
            problems.error(
                node.place(), "the token must be of visible ASCII characters, without spaces");
          } else if (secret.reveal().length() < SHORT_TOKEN) {
            problems.warning(
                node.place(),
                "the token is shorter than " + SHORT_TOKEN + " characters and can be guessed");
          }
        });
  }

  /** A file with the bcrypt hash of a password. */
  Reader<Path> bcryptHash() {
    return secret(
        (secret, node, problems) -> {
          if (!BCRYPT.matcher(secret.reveal()).matches()) {
            problems.error(
                node.place(),
                "the file must hold a bcrypt hash ($2y$…), as htpasswd -nbB prints after the colon");
          }
        });
  }

  private Reader<Path> looking(Reader<Path> reader) {
    return unseen ? path() : reader;
  }

  @FunctionalInterface
  private interface SecretCheck {
    void check(Secret secret, Node node, Problems problems);
  }

  private Reader<Path> secret(SecretCheck check) {
    return looking(
        (node, problems) -> {
          Path file = confidential().read(node, problems);
          if (file == null) {
            return null;
          }
          try {
            check.check(Secrets.read(file), node, problems);
          } catch (IOException e) {
            problems.error(node.place(), String.valueOf(e.getMessage()));
          }
          return file;
        });
  }

  Parsed<Path> resolve(String text) {
    if (CONTROL.matcher(text).find()) {
      return Parsed.wrong("must not hold control characters");
    }
    try {
      return Parsed.of(folder.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return Parsed.wrong("is not a file name: " + e.getReason());
    }
  }

  private static boolean isWorldReadable(Path file) {
    return rights(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private static Set<PosixFilePermission> rights(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without these permissions cannot be judged by them.
      return Set.of();
    }
  }

  private static boolean beginsLikeAKey(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return new String(input.readNBytes(KEY_BEGIN.length()), US_ASCII).equals(KEY_BEGIN);
    } catch (IOException e) {
      return false;
    }
  }
}
