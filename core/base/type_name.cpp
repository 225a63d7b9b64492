#include "core/base/type_name.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/base/closest_name.hpp"

namespace weir {

namespace {

constexpr int kMaxDepth = 32;
constexpr int kMaxPrecision = 38;

struct NamedType {
  std::string_view name;
  TypeId id;
};
constexpr NamedType kPlainTypes[] = {
    {"bool", TypeId::Bool},       {"int32", TypeId::Int32}, {"int64", TypeId::Int64},
    {"float64", TypeId::Float64}, {"bytes", TypeId::Bytes}, {"timestamp", TypeId::Timestamp},
    {"string", TypeId::String},   {"date", TypeId::Date},
};

// What people write who come from SQL or Java.
struct Alias {
  std::string_view name;
  std::string_view ours;
};
constexpr Alias kAliases[] = {
    {"boolean", "bool"},
    {"int", "int32"},
    {"integer", "int32"},
    {"long", "int64"},
    {"bigint", "int64"},
    {"double", "float64"},
    {"float", "float64"},
    {"real", "float64"},
    {"text", "string"},
    {"varchar", "string"},
    {"binary", "bytes"},
    {"bytea", "bytes"},
    {"char", "string"},
    {"datetime", "timestamp"},
    {"numeric", "decimal(38,9)"},
    {"array", "list<string>"},
    {"row", "struct<name string>"},
};

std::string lowerCase(std::string_view word) {
  std::string lower;
  for (const char letter : word) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return lower;
}

// What somebody means who writes a word that is none of ours.
std::optional<std::string> meantBy(std::string_view word) {
  const std::string lower = lowerCase(word);
  std::vector<std::string_view> names;
  for (const NamedType& plain : kPlainTypes) {
    if (plain.name == lower) return lower;
    names.push_back(plain.name);
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == lower) return std::string(alias.ours);
  }
  if (std::optional<std::string> near = closestName(lower, names)) return near;
  // Typed behind or before what was there: the end is newer.
  for (const std::string_view name : names) {
    if (lower.ends_with(name)) return std::string(name);
  }
  for (const std::string_view name : names) {
    if (lower.starts_with(name)) return std::string(name);
  }
  return std::nullopt;
}

class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : text_(text) {}

  // The first word that names no type; empty: there is none, or it is not what is wrong.
  std::string_view unknownWord() const { return unknown_; }

  Result<DataType> whole() {
    Result<DataType> type = next(0);
    if (!type) return type;
    skipSpaces();
    if (at_ != text_.size()) return wrong("there is more text after the type");
    return type;
  }

 private:
  Result<DataType> next(int depth) {
    if (depth > kMaxDepth) return wrong("it is nested too deeply");
    skipSpaces();
    const std::string_view word = takeWord();
    for (const NamedType& plain : kPlainTypes) {
      if (plain.name == word) return DataType(plain.id);
    }
    if (word == "decimal") return decimal();
    if (word == "list") return list(depth);
    if (word == "struct") return structure(depth);
    if (word.empty()) return wrong("a type name is missing");
    return unknown(word);
  }

  Result<DataType> decimal() {
    if (!take('(')) return wrong("decimal needs its precision and scale, as in decimal(12,2)");
    const int precision = takeNumber();
    int scale = 0;
    if (take(',')) scale = takeNumber();
    if (!take(')')) return wrong("decimal needs its precision and scale, as in decimal(12,2)");
    if (precision < 1 || precision > kMaxPrecision || scale < 0 || scale > precision) {
      return wrong("the precision of a decimal is 1 to 38, and its scale 0 to the precision");
    }
    return DataType::decimal(precision, scale);
  }

  Result<DataType> list(int depth) {
    if (!take('<')) return wrong("list needs its element type, as in list<string>");
    Field element{"item"};
    WEIR_TRY(typeAndNull(element, depth));
    if (!take('>')) return wrong("list<...> is not closed with '>'");
    return DataType::list(std::move(element));
  }

  Result<DataType> structure(int depth) {
    if (!take('<')) return wrong("struct needs its fields, as in struct<name string, age int32 not null>");
    std::vector<Field> fields;
    if (take('>')) return DataType::structure(std::move(fields));
    do {
      Field field;
      skipSpaces();
      if (!takeName(field.name)) return wrong("a field of the struct has no name");
      WEIR_TRY(typeAndNull(field, depth));
      for (const Field& other : fields) {
        if (other.name == field.name) return wrong("the struct has two fields '" + field.name + "'");
      }
      fields.push_back(std::move(field));
    } while (take(','));
    if (!take('>')) return wrong("struct<...> is not closed with '>'");
    return DataType::structure(std::move(fields));
  }

  // The type of a field or element, and whether it may be null.
  Result<void> typeAndNull(Field& field, int depth) {
    WEIR_TRY_ASSIGN(type, next(depth + 1));
    field.type = std::move(type);
    skipSpaces();
    const std::size_t before = at_;
    if (takeWord() == "not") {
      skipSpaces();
      if (takeWord() != "null") return wrong("after 'not' only 'null' may follow");
      field.nullable = false;
    } else {
      at_ = before;
    }
    return {};
  }

  bool takeName(std::string& name) {
    if (at_ < text_.size() && text_[at_] == '"') return takeQuoted(name);
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" \t\n<>(),\"").find(text_[at_]) == std::string_view::npos) ++at_;
    name = text_.substr(begin, at_ - begin);
    return !name.empty();
  }

  bool takeQuoted(std::string& name) {
    while (++at_ < text_.size()) {
      if (text_[at_] == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') return true;
      }
      name += text_[at_];
    }
    return false;
  }

  std::string_view takeWord() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // -1 when there is no number of at most three digits.
  int takeNumber() {
    skipSpaces();
    int value = 0;
    std::size_t digits = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      if (++digits > 3) return -1;
      value = value * 10 + (text_[at_++] - '0');
    }
    return digits == 0 ? -1 : value;
  }

  bool take(char wanted) {
    skipSpaces();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void skipSpaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  Error wrong(const std::string& why) const {
    return configError("'" + std::string(text_) + "' is not a type: " + why + ".");
  }
  Error unknown(std::string_view word) {
    unknown_ = word;
    const std::optional<std::string> meant = meantBy(word);
    const std::string hint = meant ? "write " + *meant
                                   : "the types are bool, int32, int64, float64, decimal(p,s), string, bytes, "
                                     "timestamp, date, list<...> and struct<...>";
    return wrong(word == text_ ? hint : "there is no '" + std::string(word) + "'; " + hint);
  }

  std::string_view text_;
  std::string_view unknown_;
  std::size_t at_ = 0;
};

}  // namespace

bool matchesTypeWord(const DataType& type, std::string_view word) {
  const std::string name = typeName(type);
  const std::string_view family = std::string_view(name).substr(0, name.find_first_of("(<"));
  if (word != "number") return family == word;
  return family == "int32" || family == "int64" || family == "float64" || family == "decimal";
}

bool isTypeWord(std::string_view word) {
  static constexpr std::string_view kNested[] = {"decimal", "list", "struct", "number"};
  if (std::find(std::begin(kNested), std::end(kNested), word) != std::end(kNested)) return true;
  return std::any_of(std::begin(kPlainTypes), std::end(kPlainTypes),
                     [&](const NamedType& plain) { return plain.name == word; });
}

std::string typeWords() {
  std::string words = "number, decimal, list, struct";
  for (const NamedType& plain : kPlainTypes) words += ", " + std::string(plain.name);
  return words;
}

Result<DataType> parseType(std::string_view text) {
  return TypeParser(text).whole();
}

std::optional<std::string> nearestType(std::string_view text) {
  const std::string bare = lowerCase(text);
  if (bare == "decimal") return "decimal(12,2)";
  if (bare == "list") return "list<string>";
  std::string corrected(text);
  // A word at a time: each makes one fewer that is not known.
  for (std::size_t words = 0; words <= text.size(); ++words) {
    TypeParser parser(corrected);
    if (parser.whole()) return corrected;
    const std::string_view unknown = parser.unknownWord();
    if (unknown.empty()) return std::nullopt;
    const std::optional<std::string> meant = meantBy(unknown);
    if (!meant) return std::nullopt;
    corrected.replace(static_cast<std::size_t>(unknown.data() - corrected.data()), unknown.size(), *meant);
  }
  return std::nullopt;
}

}  // namespace weir
