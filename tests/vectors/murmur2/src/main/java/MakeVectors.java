// Prints key bytes (hex), their murmur2 and their partition of 1, 7, 12 and 1000, as the Java client computes them.
import java.util.HexFormat;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

public class MakeVectors {
  private static void print(String kind, byte[] key) {
    StringBuilder line = new StringBuilder();
    line.append(kind).append('\t').append(HexFormat.of().formatHex(key)).append('\t').append(Utils.murmur2(key));
    for (int partitions : new int[] {1, 7, 12, 1000}) {
      line.append('\t').append(BuiltInPartitioner.partitionForKey(key, partitions));
    }
    System.out.println(line);
  }

  public static void main(String[] args) {
    System.out.println("# kind\tkey\tmurmur2\tof 1\tof 7\tof 12\tof 1000");
    print("empty", new byte[0]);
    Random random = new Random(20240607);
    for (int length = 1; length <= 40; ++length) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      print("length", key);
      byte[] ascending = new byte[length];
      for (int i = 0; i < length; ++i) ascending[i] = (byte) (200 + i);
      print("length", ascending);
    }
    StringSerializer text = new StringSerializer();
    for (String key : new String[] {"a", "eu", "us-east-1", "order-000017", "Zürich", "東京", "Ελλάδα", "👩‍🚀 key", "\u0000"}) {
      print("string", text.serialize("", key));
    }
    LongSerializer longs = new LongSerializer();
    for (long key : new long[] {0, 1, -1, 42, 1700000000000L, Long.MIN_VALUE, Long.MAX_VALUE}) print("int64", longs.serialize("", key));
    IntegerSerializer integers = new IntegerSerializer();
    for (int key : new int[] {0, 1, -1, 42, Integer.MIN_VALUE, Integer.MAX_VALUE}) print("int32", integers.serialize("", key));
    for (int i = 0; i < 200; ++i) {
      byte[] key = new byte[random.nextInt(200)];
      random.nextBytes(key);
      print("random", key);
    }
  }
}
