#include <QtTest>

#include "core/sdk/tests/random_rows.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/codec.hpp"
#include "weir/sdk/key_encoder.hpp"

using namespace weir;

namespace {

// Rows of the given types, and the key of each over all columns.
struct Keyed {
  Keyed(Random& random, const std::vector<DataType>& types, int count) : keyTypes(types) {
    Schema schema;
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < types.size(); ++i) {
      schema.fields.push_back({"c" + std::to_string(i), types[i]});
      columns.push_back(i);
    }
    BatchBuilder builder(schema);
    for (int row = 0; row < count; ++row) {
      rows.emplace_back();
      for (std::size_t i = 0; i < types.size(); ++i) {
        rows.back().push_back(randomValue(random, types[i]));
        appendValue(builder.column(i), rows.back().back());
      }
      builder.endRow();
    }
    SchemaRef kept = builder.schema();
    const Batch batch = builder.finish();
    KeyEncoder encoder(kept->schema(), columns);
    encoder.bind(batch);
    for (int row = 0; row < count; ++row) keys.emplace_back(encoder.key(row));
  }
  int orderOf(std::size_t left, std::size_t right) const {
    for (std::size_t i = 0; i < keyTypes.size(); ++i) {
      if (const int result = order(keyTypes[i], rows[left][i], rows[right][i])) return result;
    }
    return 0;
  }
  std::vector<DataType> keyTypes;
  std::vector<std::vector<Value>> rows;
  std::vector<std::string> keys;
};

int sign(int value) {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}

}  // namespace

class StateKeyTest : public QObject {
  Q_OBJECT

  std::vector<std::vector<DataType>> keyTypes(Random& random) {
    std::vector<std::vector<DataType>> all;
    for (const DataType& type : everyType()) all.push_back({type});
    for (int i = 0; i < 10; ++i) {
      all.push_back({everyType()[random() % everyType().size()], everyType()[random() % everyType().size()]});
    }
    return all;
  }

 private Q_SLOTS:
  void orderOfKeysIsOrderOfValues() {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Random random(seed);
      for (const auto& types : keyTypes(random)) {
        const Keyed keyed(random, types, 60);
        for (std::size_t left = 0; left < keyed.keys.size(); ++left) {
          for (std::size_t right = 0; right < keyed.keys.size(); ++right) {
            const int want = sign(keyed.orderOf(left, right));
            const int have = sign(keyed.keys[left].compare(keyed.keys[right]));
            if (want != have) {
              QFAIL(qPrintable(QString("seed %1, %2: rows %3 and %4")
                                   .arg(seed)
                                   .arg(QString::fromStdString(typeName(types[0])))
                                   .arg(left)
                                   .arg(right)));
            }
          }
        }
      }
    }
  }
  void decodingGivesTheValuesBack() {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Random random(seed);
      for (const auto& types : keyTypes(random)) {
        const Keyed keyed(random, types, 60);
        Schema schema;
        for (const DataType& type : types) schema.fields.push_back({"c", type});
        BatchBuilder builder(schema);
        for (const std::string& key : keyed.keys) {
          decodeKey(key, builder, 0, types.size());
          builder.endRow();
        }
        const Batch batch = builder.finish();
        for (std::size_t row = 0; row < keyed.rows.size(); ++row) {
          for (std::size_t i = 0; i < types.size(); ++i) {
            const Value value = valueAt(types[i], batch.column(i), static_cast<std::int64_t>(row));
            QCOMPARE(order(types[i], value, keyed.rows[row][i]), 0);
          }
        }
      }
    }
  }
  void layoutIsTheDocumentedOne() {
    StateKeyWriter key;
    key.null();
    key.boolean(true);
    key.int32(-1);
    key.int64(1);
    key.float64(-0.0);
    key.bytes(std::string_view("a\0b", 3));
    const char want[] =
        "\1"
        "\0"
        "\1\1"
        "\1\x7f\xff\xff\xff"
        "\1\x80\0\0\0\0\0\0\1"
        "\1\x80\0\0\0\0\0\0\0"
        "\1"
        "a\0\xff"
        "b\0\1";
    QCOMPARE(std::string(key.view()), std::string(want, sizeof want - 1));
  }
  void damagedKeysAreRefused() {
    Random random(7);
    for (int round = 0; round < 3000; ++round) {
      const DataType type = everyType()[random() % everyType().size()];
      std::string key = Keyed(random, {type}, 1).keys[0];
      if (random() % 2 == 0) key.resize(random() % key.size());
      if (!key.empty()) key[random() % key.size()] = static_cast<char>(random());
      BatchBuilder builder(Schema{{{"c", type}}});
      try {
        decodeKey(key, builder, 0, 1);  // a damaged key may be another good one
      } catch (const FatalError&) {
      }
    }
    BatchBuilder builder(Schema{{{"c", TypeId::Int64}}});
    QVERIFY_THROWS_EXCEPTION(FatalError, decodeKey(std::string_view("\1\1\x80", 3), builder, 0, 1));
    QVERIFY_THROWS_EXCEPTION(FatalError, decodeKey(std::string_view("\2\0", 2), builder, 0, 1));
    QVERIFY_THROWS_EXCEPTION(FatalError, decodeKey(std::string_view("\1\0\0", 3), builder, 0, 1));
  }
  void typedKeysAreTheKeysOfColumns() {
    BatchBuilder builder(Schema{{{"name", TypeId::String}, {"id", TypeId::Int64}}});
    SchemaRef schema = builder.schema();
    const Batch batch = builder.row("eu", 7).finish();
    KeyEncoder encoder(schema->schema(), {0, 1});
    encoder.bind(batch);
    using Key = std::tuple<std::string, std::int64_t>;
    StateKeyWriter writer;
    QCOMPARE(encoder.key(0), detail::StoreKey<Key>::write(writer, Key("eu", 7)));
    QCOMPARE(detail::StoreKey<Key>::read(encoder.key(0)), Key("eu", 7));
  }
};

WEIR_TEST(StateKeyTest)
#include "state_key_test.moc"
