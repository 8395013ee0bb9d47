package dev.selfheal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The certificates of a PEM file, as the only ones to trust. */
final class Authorities {
  private Authorities() {}

  /**
   * Sockets that trust these certificates and no other.
   *
   * @throws CommandFailed if the file cannot be read or holds no certificate
   */
  static SSLSocketFactory in(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      return trusting(CertificateFactory.getInstance("X.509").generateCertificates(in), pem);
    } catch (CertificateException e) {
      throw noCertificate(pem);
    } catch (IOException e) {
      throw CommandFailed.badInput(
          "--ca-file " + pem + " does not exist, or this user may not read it");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has X.509 and TLS", e);
    }
  }

  private static SSLSocketFactory trusting(Collection<? extends Certificate> all, Path pem)
      throws GeneralSecurityException, IOException {
    if (all.isEmpty()) {
      throw noCertificate(pem);
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : all) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static CommandFailed noCertificate(Path pem) {
    return CommandFailed.badInput("--ca-file " + pem + " holds no certificate in PEM");
  }
}
