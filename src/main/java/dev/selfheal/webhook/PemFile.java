package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file that a setting names. It may hold other text between its blocks.
 *
 * @param setting the setting's name in the configuration, for messages
 */
record PemFile(String setting, Path path) {
  private static final int MAX_BYTES = 1 << 20;
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /**
   * What stands between one BEGIN and its END.
   *
   * @param label such as {@code CERTIFICATE}
   * @param text Base64, not yet decoded
   */
  record Block(String label, String text) {}

  /** All blocks, in the file's order; at least one. */
  List<Block> blocks() throws TlsException {
    String text = text();
    List<Block> blocks = new ArrayList<>();
    for (Matcher found = BLOCK.matcher(text); found.find(); ) {
      blocks.add(new Block(found.group(1), found.group(2)));
    }
    int begun = text.split(BEGIN, -1).length - 1;
    if (begun == 0) {
      throw wrong("is not PEM, it has no line that begins with " + BEGIN.strip());
    }
    if (begun != blocks.size()) {
      throw wrong("is damaged, a block has no END line that fits its BEGIN line; copy it again");
    }
    return blocks;
  }

  /** The bytes of one of its blocks. */
  byte[] decode(Block block) throws TlsException {
    try {
      return Base64.getDecoder().decode(block.text().replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw wrong("is damaged, its " + block.label() + " is not Base64; copy it again");
    }
  }

  /** The exception for something that is wrong with this file. */
  TlsException wrong(String what) {
    return new TlsException(setting + ": " + path + " " + what);
  }

  private String text() throws TlsException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw wrong("is larger than 1 MiB, so it is not the PEM file that is meant");
      }
      return new String(bytes, ISO_8859_1); // what is not ASCII does not matter
    } catch (NoSuchFileException e) {
      throw wrong("does not exist");
    } catch (AccessDeniedException e) {
      throw wrong("may not be read by this user");
    } catch (IOException e) {
      throw wrong("cannot be read: " + e.getMessage());
    }
  }
}
