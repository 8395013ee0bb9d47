package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords against bcrypt hashes. That is slow on purpose, so a verdict is remembered under
 * a keyed hash of what was checked. Only one check runs at a time and few wait for it: a flood of
 * guesses takes one core at most, and leaves threads for those who need no check.
 */
final class Passwords {

  private static final int REMEMBERED = 100;

  /** Far fewer than the server's threads. */
  private static final int MOST_AT_ONCE = 8;

  private static final String ALGORITHM = "HmacSHA256";

  private final Cache<String, Boolean> verdicts =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();
  private final Semaphore oneAtATime = new Semaphore(1, true);
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final byte[] key = new byte[32];
  private final Check check;

  /** Compares a password of at most 72 bytes with a hash. */
  @FunctionalInterface
  interface Check {
    boolean fits(byte[] password, byte[] hash);
  }

  Passwords() {
    this((password, hash) -> BCrypt.verifyer().verify(password, hash).verified);
  }

  Passwords(Check check) {
    this.check = check;
    new SecureRandom().nextBytes(key);
  }

  /**
   * Whether the password fits the hash.
   *
   * @param user who shows it: a verdict is remembered for this name alone, so that what one name
   *     cost before does not tell whether another is known
   * @throws HttpError 503 if too many checks are under way; the sender may try again
   */
  boolean verify(String user, String hash, String password) {
    String asked = keyed(user.length() + " " + user + "\n" + hash + "\n" + password);
    Boolean known = verdicts.getIfPresent(asked);
    if (known != null) {
      return known;
    }
    if (!room.tryAcquire()) {
      throw new HttpError(503, "too many passwords are being checked: send this again later");
    }
    try {
      oneAtATime.acquireUninterruptibly();
      try {
        return verdicts.get(asked, k -> check(hash, password));
      } finally {
        oneAtATime.release();
      }
    } finally {
      room.release();
    }
  }

  /** bcrypt reads no more than 72 bytes of a password; longer ones are cut, as elsewhere. */
  private boolean check(String hash, String password) {
    byte[] bytes = password.getBytes(UTF_8);
    byte[] read = bytes.length > 72 ? Arrays.copyOf(bytes, 72) : bytes;
    return check.fits(read, hash.getBytes(UTF_8));
  }

  private String keyed(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
