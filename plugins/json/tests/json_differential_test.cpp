// The scanner beside simdjson's DOM parser, on lines that were broken at random: both must agree on which
// lines are well-formed, and on every value.

#include <charconv>
#include <optional>
#include <random>

#include <simdjson.h>

#include "plugins/json/tests/decoded.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT
using namespace weir::json;  // NOLINT

namespace {

Schema schema() {
  return Schema{{{"order_id", TypeId::Int64, false},
                 {"region", TypeId::String, true},
                 {"amount", TypeId::Float64, true},
                 {"paid", TypeId::Bool, true},
                 {"tags", DataType::list({"item", TypeId::String, true}), true},
                 {"at", DataType::structure({{"x", TypeId::Int64, true}, {"y", TypeId::Float64, true}}), true}}};
}

// simdjson refuses whole numbers of more than 64 bits everywhere, which JSON does not, and takes the sign
// of a whole zero away.
bool outsideOfTheOracle(const std::string& line) {
  std::size_t run = 0;
  for (const char c : line) {
    run = isDigit(c) ? run + 1 : 0;
    if (run > 19) return true;
  }
  return line.find("-0") != std::string::npos;
}

// The row that the oracle sees, as we would write it; nothing when the line is malformed.
class Oracle {
 public:
  std::optional<std::string> row(const std::string& line) {
    simdjson::dom::element document;
    simdjson::dom::object object;
    if (parser_.parse(line).get(document) != simdjson::SUCCESS || document.get(object) != simdjson::SUCCESS) {
      return std::nullopt;
    }
    std::string out;
    if (!appendObject(out, object, schema().fields)) return std::nullopt;
    return out;
  }

 private:
  static bool appendObject(std::string& out, simdjson::dom::object object, const std::vector<Field>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      int count = 0;
      simdjson::dom::element value;
      for (const auto& [key, member] : object) {
        if (key != fields[i].name) continue;
        ++count;
        value = member;
      }
      if (count > 1) return false;
      appendJsonText(out += i == 0 ? '{' : ',', fields[i].name);
      out += ':';
      if (count == 0 || value.is_null()) {
        if (!fields[i].nullable) return false;
        out += "null";
      } else if (!appendValue(out, value, fields[i].type)) {
        return false;
      }
    }
    out += '}';
    return true;
  }
  static bool appendValue(std::string& out, simdjson::dom::element value, const DataType& type) {
    switch (type.id) {
      case TypeId::Bool:
        if (!value.is_bool()) return false;
        out += value.get_bool().value_unsafe() ? "true" : "false";
        return true;
      case TypeId::Int64:
        if (!value.is_int64()) return false;
        out += std::to_string(value.get_int64().value_unsafe());
        return true;
      case TypeId::Float64: {
        if (value.is_string()) {
          const std::string_view text = value.get_string().value_unsafe();
          if (text != "NaN" && text != "Infinity" && text != "-Infinity") return false;
          appendJsonText(out, text);
          return true;
        }
        if (!value.is_number()) return false;
        char text[40];
        const double number = value.get_double().value_unsafe();
        out.append(text, std::to_chars(text, text + sizeof(text), number).ptr);
        return true;
      }
      case TypeId::String:
        if (!value.is_string()) return false;
        appendJsonText(out, value.get_string().value_unsafe());
        return true;
      case TypeId::List: {
        out += '[';
        bool first = true;
        simdjson::dom::array items;
        if (value.get(items) != simdjson::SUCCESS) return false;
        for (const simdjson::dom::element item : items) {
          if (!first) out += ',';
          first = false;
          if (item.is_null()) {
            out += "null";
          } else if (!appendValue(out, item, type.children[0].type)) {
            return false;
          }
        }
        out += ']';
        return true;
      }
      case TypeId::Struct:
        return value.is_object() && appendObject(out, value.get_object().value_unsafe(), type.children);
      default: return false;
    }
  }
  simdjson::dom::parser parser_;
};

class Lines {
 public:
  explicit Lines(std::uint64_t seed) : random_(seed) {}
  std::string next() {
    std::string line = good();
    for (std::size_t i = pick(4); i != 0; --i) mutate(line);
    // A line feed would make two lines of one; a zero ends the oracle's strings early nowhere, but is rare.
    std::erase(line, '\n');
    return line;
  }

 private:
  std::size_t pick(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  std::string good() {
    const char* values[][4] = {{"1", "-7", "9223372036854775807", "1234567890123456789"},
                               {"\"eu\"", "\"a\\u00e9\\n\"", "null", "\"0123456789abcdef0123456789abcdef\xc3\xa9\""},
                               {"12.34", "-1e-7", "1234567890123456789.25e-30", "\"NaN\""},
                               {"true", "false", "null", "true"},
                               {"[]", "[\"a\",null]", "null", "[ \"x\" , \"y\" ]"},
                               {"{\"x\":1,\"y\":2.5}", "{}", "null", "{\"y\":1,\"z\":[{}]}"}};
    const char* names[] = {"order_id", "region", "amount", "paid", "tags", "at"};
    std::string line = "{";
    const std::size_t start = pick(6);
    for (std::size_t i = 0; i < 6; ++i) {
      const std::size_t field = pick(8) == 0 ? (start + i) % 6 : i;
      if (i != 0) line += pick(10) == 0 ? " , " : ",";
      line += "\"" + std::string(names[field]) + (pick(10) == 0 ? "\": " : "\":") + values[field][pick(4)];
    }
    if (pick(5) == 0) line += ",\"more\":{\"deep\":[1,2,{\"er\":null}]}";
    return line + "}";
  }
  void mutate(std::string& line) {
    static constexpr char kBytes[] = "{}[]\",:\\ \t0123456789.eE+-truefalsn\x01\x80\xc3\xf0u";
    const std::size_t at = pick(line.size() + 1);
    const char byte = pick(8) == 0 ? static_cast<char>(random_()) : kBytes[pick(sizeof(kBytes) - 1)];
    switch (pick(5)) {
      case 0: line.insert(at, 1, byte); break;
      case 1: line.erase(at, 1 + pick(3)); break;
      case 2:
        if (at < line.size()) line[at] = byte;
        break;
      case 3: line.insert(at, line.substr(pick(line.size() + 1), pick(20))); break;
      default: line.resize(at);
    }
  }
  std::mt19937_64 random_;
};

}  // namespace

class JsonDifferentialTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void brokenLinesAreJudgedLikeTheOracleDoes_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 8; ++seed) QTest::addRow("seed %llu", seed) << seed;
  }
  void brokenLinesAreJudgedLikeTheOracleDoes() {
    QFETCH(quint64, seed);
    Lines lines(seed);
    Oracle oracle;
    std::string text;
    std::vector<std::string> good;  // lines
    std::vector<std::string> rows;
    std::vector<std::string> malformed;
    for (int i = 0; i < 10'000; ++i) {
      const std::string line = lines.next();
      if (outsideOfTheOracle(line)) continue;
      text += line + "\n";
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;  // no record
      if (const std::optional<std::string> row = oracle.row(line)) {
        good.push_back(line);
        rows.push_back(*row);
      } else {
        malformed.push_back(line);
      }
    }
    QVERIFY(rows.size() > 1000 && malformed.size() > 1000);
    const Decoded decoded = DecodedBy(schema()).lines(text);
    for (std::size_t i = 0; i < std::min(malformed.size(), decoded.malformed.size()); ++i) {
      QVERIFY2(decoded.malformed[i].text == malformed[i],
               ("the scanner refuses\n" + decoded.malformed[i].text + "\n" + decoded.malformed[i].reason +
                "\nand the oracle\n" + malformed[i])
                   .c_str());
    }
    for (std::size_t i = 0; i < std::min(rows.size(), decoded.rows.size()); ++i) {
      QVERIFY2(decoded.rows[i] == rows[i], (good[i] + "\n" + decoded.rows[i] + "\n" + rows[i]).c_str());
    }
    QCOMPARE(decoded.rows.size(), rows.size());
    QCOMPARE(decoded.malformed.size(), malformed.size());
  }
};

WEIR_TEST(JsonDifferentialTest)
#include "json_differential_test.moc"
