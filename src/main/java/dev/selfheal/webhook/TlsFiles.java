package dev.selfheal.webhook;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files with which the receiver speaks HTTPS.
 *
 * @param certificate its certificate, then those that sign it, each signed by the next
 * @param key the certificate's private key: PKCS#8, not encrypted; RSA, EC or Ed25519
 * @param clientCa when given, a client must show a certificate signed by one of these
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCa) {}
