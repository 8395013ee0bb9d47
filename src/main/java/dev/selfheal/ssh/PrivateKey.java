package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.selfheal.ssh.SshFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** The key that a user shows, from a file that nobody else may read. */
final class PrivateKey {
  private static final int MOST_BYTES = 64 << 10;
  private static final String FOR_OTHERS = "(?!...------).*";
  private static final Set<Integer> KINDS = Set.of(KeyPair.ED25519, KeyPair.ECDSA, KeyPair.RSA);

  private PrivateKey() {}

  /**
   * Gives the key in the file to a JSch.
   *
   * @return its fingerprint, for messages
   */
  static String give(Path file, JSch jsch) throws SshFailure {
    byte[] bytes = content(file);
    try {
      String fingerprint = fingerprint(file, KeyPair.load(jsch, bytes.clone(), null));
      jsch.addIdentity(file.toString(), bytes.clone(), null, null);
      return fingerprint;
    } catch (JSchException | RuntimeException e) {
      throw unusable(file + " holds no private key that is read here; " + advice(bytes), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String fingerprint(Path file, KeyPair key) throws SshFailure {
    try {
      if (key.isEncrypted()) {
        throw unusable(
            file
                + " is encrypted, and nobody is there to type its passphrase; make a key without"
                + " one (ssh-keygen -t ed25519 -N '')");
      }
      if (!KINDS.contains(key.getKeyType())) {
        throw unusable(file + " is neither an Ed25519, an ECDSA nor an RSA key; make another");
      }
      return key.getFingerPrint();
    } finally {
      key.dispose();
    }
  }

  private static byte[] content(Path file) throws SshFailure {
    try {
      byte[] bytes = SmallFile.read(file, MOST_BYTES);
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (rights.matches(FOR_OTHERS)) {
        throw unusable(
            file + " is open to others than its owner (" + rights + "); chmod 600 " + file);
      }
      return bytes;
    } catch (IOException e) {
      throw unusable(e.getMessage() + "; it must hold the private key to log in with", e);
    } catch (UnsupportedOperationException e) {
      throw unusable(file + " lies where nobody can be kept from reading it; move it", e);
    }
  }

  private static String advice(byte[] bytes) {
    String begin = new String(bytes, 0, Math.min(bytes.length, 8), US_ASCII);
    return begin.startsWith("ssh-") || begin.startsWith("ecdsa-")
        ? "it is the public half: name the file without .pub"
        : "make one with ssh-keygen -t ed25519 -N ''";
  }

  private static SshFailure unusable(String message) {
    return new SshFailure(Kind.KEY_UNUSABLE, message);
  }

  /** The cause is left out where it might quote what it could not read. */
  private static SshFailure unusable(String message, Exception cause) {
    return cause instanceof IOException
        ? new SshFailure(Kind.KEY_UNUSABLE, message, cause)
        : unusable(message);
  }
}
