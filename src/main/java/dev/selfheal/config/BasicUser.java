package dev.selfheal.config;

import java.nio.file.Path;

/**
 * A user of HTTP basic authentication.
 *
 * @param hashFile holds the bcrypt hash of the user's password
 */
public record BasicUser(String name, Role role, Path hashFile) {}
