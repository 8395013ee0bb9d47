package dev.selfheal.demo;

import java.util.List;

/**
 * A model that the fake has on disk.
 *
 * @param name with its tag
 * @param digest of its manifest
 * @param blob the file name of its weights
 * @param size of the file in bytes
 * @param memory that it takes when loaded, in bytes
 * @param details in JSON, without the braces
 */
record FakeModel(String name, String digest, String blob, long size, long memory, String details) {
  private static final String LLAMA =
      "\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\",\"families\":[\"llama\"],"
          + "\"parameter_size\":\"%s\",\"quantization_level\":\"F16\"";

  static final List<FakeModel> ALL =
      List.of(
          new FakeModel(
              "slow:latest",
              "26a23c59dea928aa620b0b7a8020c3e8164b4e7fdfc494e8ec1b9949bc9071b1",
              "sha256-a7ba3206715f8c9ee3390c3a40b26af0000000000000000000000000000000a1",
              172_750_403L,
              7_945_689_498L,
              LLAMA.formatted("86.34M")),
          new FakeModel(
              "tiny:latest",
              "0244c07a5c6bd3b2fb4b15c9d1a01a5d4f6c63d1d0a1a1a1f0b7a8020c3e8164",
              "sha256-bfe1a2206715f8c9ee3390c3a40b26af000000000000000000000000000000b2",
              443_165L,
              2_402_560L,
              LLAMA.formatted("210K")));
}
