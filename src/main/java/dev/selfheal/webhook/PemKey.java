package dev.selfheal.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;

/** Reads the private key of a PEM file. */
final class PemKey {
  private static final String LABEL = "PRIVATE KEY";
  private static final Set<String> CONVERTIBLE =
      Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private PemKey() {}

  /** The only key of the file. Blocks that are no keys are passed over. */
  static PrivateKey read(PemFile file) throws TlsException {
    List<PemFile.Block> keys =
        file.blocks().stream().filter(block -> block.label().endsWith(LABEL)).toList();
    if (keys.isEmpty()) {
      throw file.wrong("holds no private key (BEGIN " + LABEL + ")");
    }
    if (keys.size() > 1) {
      throw file.wrong("holds " + keys.size() + " private keys; leave only the certificate's");
    }
    PemFile.Block key = keys.get(0);
    if (!key.label().equals(LABEL)) {
      throw file.wrong(otherForm(file, key.label()));
    }
    return decoded(file, file.decode(key));
  }

  private static PrivateKey decoded(PemFile file, byte[] der) throws TlsException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException otherAlgorithm) {
        // The key itself says which it is; the next one may understand it.
      } catch (GeneralSecurityException e) {
        throw file.wrong("cannot be read: this Java knows no " + algorithm + " keys");
      }
    }
    throw file.wrong("holds no RSA, EC (P-256, P-384, P-521) or Ed25519 key; make one of these");
  }

  private static String otherForm(PemFile file, String label) {
    String what = "holds an \"" + label + "\", expected a \"" + LABEL + "\" (PKCS#8, without a";
    if (!CONVERTIBLE.contains(label)) {
      return what + " passphrase)";
    }
    String path = file.path().toString();
    return what
        + " passphrase); convert it: openssl pkcs8 -topk8 -nocrypt -in "
        + quoted(path)
        + " -out "
        + quoted(path + ".pkcs8");
  }

  /** As a shell takes it for one word. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9/._+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
