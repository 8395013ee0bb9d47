package dev.selfheal.exporter.sample;

import java.util.List;

/**
 * The answers of Ollama's API.
 *
 * @param version of {@code /api/version}
 * @param installed of {@code /api/tags}: how many models are installed
 * @param loaded of {@code /api/ps}: the models in memory
 */
public record Api(
    Answer<String> version, Answer<Integer> installed, Answer<List<LoadedModel>> loaded) {}
