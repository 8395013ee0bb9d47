package dev.selfheal.action;

/**
 * What is seen of a target after an attempt whose end nobody saw.
 *
 * @param seen whether its host could say how it is; if not, nobody knows what became of the attempt
 * @param text one line: {@code ollama.service active/running, InvocationID 5c1f..., main PID 1234},
 *     or why it cannot be read
 */
public record Sighting(boolean seen, String text) {}
