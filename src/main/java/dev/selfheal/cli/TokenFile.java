package dev.selfheal.cli;

import dev.selfheal.config.Secret;
import dev.selfheal.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.regex.Pattern;

/** Reads the file with the operator's token. */
final class TokenFile {
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private TokenFile() {}

  /**
   * The token.
   *
   * @throws CommandFailed if there is none that can be sent; the message names the file, and never
   *     what it holds
   */
  static Secret read(Path file) {
    try {
      Secret secret = Secrets.read(file);
      if (TOKEN.matcher(secret.reveal()).matches()) {
        return secret;
      }
    } catch (IOException e) {
      throw CommandFailed.badInput("the token cannot be read: " + e.getMessage() + remedy(file));
    }
    throw CommandFailed.badInput(
        "the token in " + file + " must be of visible ASCII characters, without spaces");
  }

  private static String remedy(Path file) {
    if (Files.isReadable(file) || Files.notExists(file)) {
      return "; name the right file with --token-file";
    }
    return "; run this with sudo, or as a member of " + group(file);
  }

  private static String group(Path file) {
    try {
      return "the group "
          + Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .group()
              .getName();
    } catch (IOException | UnsupportedOperationException e) {
      // Its folder may be closed to this user as well.
      return "the file's group";
    }
  }
}
