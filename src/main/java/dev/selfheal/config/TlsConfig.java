package dev.selfheal.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files with which the receiver speaks HTTPS, all in PEM.
 *
 * @param clientCaFile when given, a client must show a certificate signed by one of these
 */
public record TlsConfig(Path certificateFile, Path keyFile, @Nullable Path clientCaFile) {}
