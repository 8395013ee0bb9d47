import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses a file as Debian wants it, with the most compression and without its time. */
final class Gzip {

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    Files.createDirectories(to.getParent());
    try (OutputStream file = Files.newOutputStream(to);
        OutputStream packed = new Best(file)) {
      Files.copy(from, packed);
    }
  }

  private static final class Best extends GZIPOutputStream {
    private static final int FLAGS_AT = 8;

    Best(OutputStream out) throws IOException {
      super(new Marked(out));
      def.setLevel(Deflater.BEST_COMPRESSION);
    }

    /** The header's byte that tells the level, which Java leaves empty. */
    private static final class Marked extends OutputStream {
      private final OutputStream out;
      private int at;

      Marked(OutputStream out) {
        this.out = out;
      }

      @Override
      public void write(int one) throws IOException {
        out.write(at++ == FLAGS_AT ? 2 : one);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    }
  }
}
