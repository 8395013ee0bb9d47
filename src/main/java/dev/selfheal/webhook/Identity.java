package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What the receiver shows to its clients: a certificate chain and the key that fits it.
 *
 * @param source where the chain comes from, for messages
 * @param chain the receiver's own certificate first
 */
record Identity(PemFile source, PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] MESSAGE = "Does the key fit the certificate?".getBytes(US_ASCII);
  private static final char[] IN_MEMORY = new char[0];

  /** Reads both files and checks that they fit. */
  static Identity read(PemFile certificates, PemFile keys) throws TlsException {
    List<X509Certificate> chain = PemCertificates.read(certificates);
    PrivateKey key = PemKey.read(keys);
    if (!fits(key, chain.get(0))) {
      boolean elsewhere = chain.stream().anyMatch(other -> fits(key, other));
      throw elsewhere
          ? certificates.wrong("must begin with the certificate of the key; put it first")
          : keys.wrong(
              "is not the key of the certificate in "
                  + certificates.path()
                  + "; give the two that were made together");
    }
    return new Identity(certificates, key, chain);
  }

  KeyManager[] keyManagers() throws TlsException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      setEntry(store);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, IN_MEMORY);
      return managers.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw source.wrong("cannot be used: " + e.getMessage());
    }
  }

  /** Why clients refuse it at this time, if they do. */
  Optional<String> warning(Instant now) {
    for (int i = 0; i < chain.size(); i++) {
      String which = source.setting() + ": certificate " + (i + 1) + " of " + source.path();
      Instant begins = chain.get(i).getNotBefore().toInstant();
      Instant ends = chain.get(i).getNotAfter().toInstant();
      if (now.isAfter(ends)) {
        return Optional.of(which + " expired at " + ends + "; renew it and send SIGHUP");
      }
      if (now.isBefore(begins)) {
        return Optional.of(which + " is not valid before " + begins + "; check this host's clock");
      }
    }
    return Optional.empty();
  }

  private void setEntry(KeyStore store) throws TlsException {
    try {
      store.setKeyEntry("receiver", key, IN_MEMORY, chain.toArray(new Certificate[0]));
    } catch (KeyStoreException noChain) {
      throw source.wrong("is no chain; each certificate must be signed by the next one");
    }
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(signing(key));
      signature.initSign(key);
      signature.update(MESSAGE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(MESSAGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherAlgorithm) {
      return false;
    }
  }

  private static String signing(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }
}
