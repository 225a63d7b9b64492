#include "plugins/window/aggregate.hpp"

#include <cmath>
#include <limits>

#include "plugins/window/window_params.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::window {

namespace {

constexpr std::size_t kMaxPrecision = 38;
constexpr int kAverageScale = 4;  // digits that an average of decimals has more than its input

Function functionNamed(const std::string& name) {
  if (name == "count") return Function::Count;
  if (name == "sum") return Function::Sum;
  if (name == "min") return Function::Min;
  if (name == "max") return Function::Max;
  if (name == "avg") return Function::Average;
  if (name.find('.') != std::string::npos) return Function::Plugin;
  throw ConfigError("There is no aggregate function '" + name +
                    "'; there are count, sum, min, max and avg, and those of plugins (plugin.aggregate).");
}

void addWhole(Cell& cell, Int128 value) {
  Int128& sum = std::get<Int128>(cell.value);
  if (__builtin_add_overflow(sum, value, &sum)) cell.wraps += value > 0 ? 1 : -1;
}

bool isWhole(TypeId id) {
  return id == TypeId::Int32 || id == TypeId::Int64;
}

Int128 decimalLimit() {
  Int128 limit = 1;
  for (std::size_t i = 0; i < kMaxPrecision; ++i) limit *= 10;
  return limit;
}

// Floats have one order, whatever the order of the rows: -0 before 0, NaN after everything, as in keys.
bool comesBefore(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return !std::isnan(left) && std::isnan(right);
  return left != right ? left < right : std::signbit(left) && !std::signbit(right);
}

// (wraps * 2^128 + sum) / count, rounded half away from zero after `factor` has multiplied it. False: beyond `limit`.
bool divide(Int128 sum, std::int64_t wraps, std::int64_t count, std::int64_t factor, Int128 limit, Int128& out) {
  constexpr int kLimbs = 4;
  using Wide = Uint128;
  // Two's complement in limbs of 64 bits, the least first.
  std::uint64_t limbs[kLimbs] = {static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64),
                                 static_cast<std::uint64_t>(wraps), static_cast<std::uint64_t>(wraps >> 63)};
  // `sum` has a sign of its own: a negative one takes one from what lies above it.
  if (sum < 0 && limbs[2]-- == 0) --limbs[3];
  const bool negative = (limbs[3] >> 63) != 0;
  Wide carry = negative ? 1 : 0;  // -x is ~x + 1
  for (std::uint64_t& limb : limbs) {
    carry += negative ? ~limb : limb;
    limb = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  carry = 0;
  for (std::uint64_t& limb : limbs) {
    carry += Wide{limb} * static_cast<std::uint64_t>(factor);
    limb = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  const auto divisor = static_cast<std::uint64_t>(count);
  Wide rest = 0;
  for (int i = kLimbs; i-- > 0;) {
    rest = rest << 64 | limbs[i];
    limbs[i] = static_cast<std::uint64_t>(rest / divisor);
    rest %= divisor;
  }
  Wide quotient = Wide{limbs[1]} << 64 | limbs[0];
  if (limbs[2] != 0 || limbs[3] != 0 || quotient >= static_cast<Wide>(limit)) return false;
  if (rest >= divisor - divisor / 2) ++quotient;
  if (quotient == static_cast<Wide>(limit)) return false;
  out = negative ? -static_cast<Int128>(quotient) : static_cast<Int128>(quotient);
  return true;
}

}  // namespace

Aggregate::Aggregate(const CreateInfo& info, const Params& params, const std::vector<Field>& types)
    : name_(params.text("name")), function_(functionNamed(params.text("function"))) {
  if (function_ == Function::Plugin) {
    openPlugin(info, params, types);
    return;
  }
  if (params.has("fields")) {
    throw ConfigError("The parameter '" + params.path("fields") + "' is for aggregates of plugins that take several " +
                      "columns; '" + params.text("function") + "' is of one: name it in 'field'.");
  }
  const std::optional<std::string> field = params.findText("field");
  if (!field) {
    if (function_ != Function::Count) {
      throw ConfigError("The parameter '" + params.path("field") + "' is missing: which column is '" +
                        params.text("function") + "' of?");
    }
    result_ = TypeId::Int64;
    return;
  }
  if (info.stage() == WEIR_STAGE_FINAL) {
    column_ = 0;
    input_ = typeOf(types, name_);
  } else {
    column_ = info.column(*field);
    input_ = info.input()->schema().fields[*column_].type;
  }
  setTypes(params.path("field"));
}

void Aggregate::openPlugin(const CreateInfo& info, const Params& params, const std::vector<Field>& types) {
  std::vector<std::string> names = params.texts("fields");
  if (std::optional<std::string> field = params.findText("field")) names.insert(names.begin(), std::move(*field));
  Schema arguments;
  if (info.stage() == WEIR_STAGE_FINAL) {
    if (!names.empty()) arguments.fields = typeOf(types, name_).children;
  } else {
    for (const std::string& name : names) {
      pluginColumns_.push_back(info.column(name));
      arguments.fields.push_back(info.input()->schema().fields[pluginColumns_.back()]);
    }
  }
  input_ = DataType::structure(arguments.fields);
  argumentSchema_ = makeSchema(std::move(arguments));
  try {
    plugin_.emplace(info.context(), params.text("function"), argumentSchema_);
  } catch (const PluginError& error) {
    // The host says what is wrong; this says where.
    throw PluginError(error.status(), "The parameter '" + params.path("function") + "' is wrong. " + error.what());
  }
  result_ = plugin_->type();
}

DataType Aggregate::typeOf(const std::vector<Field>& types, const std::string& name) {
  for (const Field& field : types) {
    if (field.name == name) return field.type;
  }
  throw ConfigError("The partial stage does not say which type '" + name + "' is made from.");
}

void Aggregate::setTypes(const std::string& parameter) {
  checkType(parameter);
  switch (input_.id) {
    case TypeId::Bool: source_ = Source::Bool; break;
    case TypeId::Int32:
    case TypeId::Date: source_ = Source::Int32; break;
    case TypeId::Int64:
    case TypeId::Timestamp: source_ = Source::Int64; break;
    case TypeId::Float64: source_ = Source::Float64; break;
    case TypeId::Decimal128: source_ = Source::Decimal; break;
    case TypeId::String:
    case TypeId::Bytes: source_ = Source::Text; break;
    case TypeId::List:
    case TypeId::Struct: source_ = Source::None; break;  // counted only
  }
  switch (function_) {
    case Function::Count: result_ = TypeId::Int64; break;
    case Function::Min:
    case Function::Max: result_ = input_; break;
    case Function::Sum:
      result_ = isWhole(input_.id)             ? DataType(TypeId::Int64)
                : input_.id == TypeId::Float64 ? input_
                                               : DataType::decimal(kMaxPrecision, input_.scale);
      break;
    case Function::Average:
      result_ = input_.id == TypeId::Decimal128
                    ? DataType::decimal(kMaxPrecision, std::min<int>(input_.scale + kAverageScale, kMaxPrecision))
                    : DataType(TypeId::Float64);
      break;
    case Function::Plugin: break;  // openPlugin
  }
}

void Aggregate::checkType(const std::string& parameter) const {
  const bool number = isWhole(input_.id) || input_.id == TypeId::Float64 || input_.id == TypeId::Decimal128;
  const bool ordered = input_.id != TypeId::List && input_.id != TypeId::Struct;
  const bool fits = function_ == Function::Count || (function_ == Function::Sum && number) ||
                    (function_ == Function::Average && number) ||
                    ((function_ == Function::Min || function_ == Function::Max) && ordered);
  if (!fits) {
    throw ConfigError("The parameter '" + parameter + "' names a column of type " + typeName(input_) +
                      ", which this function does not take.");
  }
}

Field Aggregate::resultField() const {
  return {name_, result_, plugin_ ? plugin_->nullable() : function_ != Function::Count};
}

void Aggregate::bind(const Batch& batch) {
  if (column_) bound_ = batch.column(*column_);
  if (!plugin_) return;
  BatchMaker maker(argumentSchema_);
  for (const std::size_t column : pluginColumns_) maker.column(batch, column);
  arguments_ = maker.finish(batch.rowCount());
}

Int128 Aggregate::integerAt(std::int64_t row) const {
  switch (source_) {
    case Source::Bool: return BoolView(*bound_)[row] ? 1 : 0;
    case Source::Int32: return FixedView<std::int32_t>(*bound_)[row];
    case Source::Int64: return FixedView<std::int64_t>(*bound_)[row];
    default: return FixedView<Int128>(*bound_)[row];
  }
}

template <typename T>
void Aggregate::keepBest(Cell& cell, T value) const {
  if (cell.count == 0) {
    cell.value = std::move(value);
    return;
  }
  T& best = std::get<T>(cell.value);
  if (value != best && better(value < best)) best = std::move(value);
}

template <>
void Aggregate::keepBest(Cell& cell, double value) const {
  if (cell.count == 0) {
    cell.value = value;
    return;
  }
  double& best = std::get<double>(cell.value);
  if (function_ == Function::Min ? comesBefore(value, best) : comesBefore(best, value)) best = value;
}

void Aggregate::add(Cell& cell, std::int64_t row) const {
  if (bound_->isNull(row)) return;
  if (function_ == Function::Count) {
    ++cell.count;
    return;
  }
  const bool sums = function_ == Function::Sum || function_ == Function::Average;
  if (source_ == Source::Float64) {
    const double value = FixedView<double>(*bound_)[row];
    if (!sums) {
      keepBest(cell, value);
    } else {
      if (cell.count == 0) cell.value.emplace<ExactSum>();
      std::get<ExactSum>(cell.value).add(value);
    }
  } else if (source_ == Source::Text) {
    keepBest(cell, std::string(StringView(*bound_)[row]));
  } else if (sums) {
    addWhole(cell, integerAt(row));
  } else {
    keepBest(cell, integerAt(row));
  }
  ++cell.count;
}

void Aggregate::merge(Cell& cell, const Cell& other) const {
  if (other.count == 0) return;
  if (cell.count == 0) {
    cell = other;
    return;
  }
  if (function_ != Function::Count) {
    const bool sums = function_ == Function::Sum || function_ == Function::Average;
    if (std::holds_alternative<ExactSum>(other.value)) {
      std::get<ExactSum>(cell.value).merge(std::get<ExactSum>(other.value));
    } else if (std::holds_alternative<double>(other.value)) {
      keepBest(cell, std::get<double>(other.value));
    } else if (std::holds_alternative<std::string>(other.value)) {
      keepBest(cell, std::get<std::string>(other.value));
    } else if (sums) {
      addWhole(cell, std::get<Int128>(other.value));
      cell.wraps += other.wraps;
    } else {
      keepBest(cell, std::get<Int128>(other.value));
    }
  }
  cell.count += other.count;
}

bool Aggregate::finish(const Group& group, const Cell* cell, AnyBuilder& column) const {
  if (countsRows()) {
    column.append(group.rows);
    return true;
  }
  if (function_ == Function::Count) {
    column.append(cell == nullptr ? std::int64_t{0} : cell->count);
    return true;
  }
  if (cell == nullptr || cell->count == 0) {
    column.appendNull();
    return true;
  }
  if (function_ == Function::Average) return finishAverage(*cell, column);
  if (const auto* sum = std::get_if<ExactSum>(&cell->value)) {
    column.append(sum->value());
  } else if (const auto* number = std::get_if<double>(&cell->value)) {
    column.append(*number);
  } else if (const auto* text = std::get_if<std::string>(&cell->value)) {
    column.append(*text);
  } else {
    const Int128 whole = std::get<Int128>(cell->value);
    if (source_ == Source::Bool) {
      column.append(whole != 0);
    } else if (result_.id == TypeId::Decimal128) {
      static const Int128 limit = decimalLimit();
      if (cell->wraps != 0 || whole >= limit || whole <= -limit) {
        column.appendNull();
        return false;
      }
      column.append(Decimal{whole});
    } else {
      if (cell->wraps != 0 || whole > std::numeric_limits<std::int64_t>::max() ||
          whole < std::numeric_limits<std::int64_t>::min()) {
        column.appendNull();
        return false;
      }
      column.append(static_cast<std::int64_t>(whole));
    }
  }
  return true;
}

bool Aggregate::finishAverage(const Cell& cell, AnyBuilder& column) const {
  if (const auto* sum = std::get_if<ExactSum>(&cell.value)) {
    column.append(sum->value() / static_cast<double>(cell.count));
    return true;
  }
  const Int128 sum = std::get<Int128>(cell.value);
  if (result_.id == TypeId::Float64) {
    column.append(static_cast<double>(sum) / static_cast<double>(cell.count));
    return true;
  }
  static const Int128 limit = decimalLimit();
  std::int64_t factor = 1;
  for (int i = input_.scale; i < result_.scale; ++i) factor *= 10;
  // The sum may be beyond every column and the average not.
  Int128 average = 0;
  if (!divide(sum, cell.wraps, cell.count, factor, limit, average)) {
    column.appendNull();
    return false;
  }
  column.append(Decimal{average});
  return true;
}

Aggregates::Aggregates(const CreateInfo& info) {
  const std::vector<Field> types =
      info.stage() == WEIR_STAGE_FINAL ? aggregatedTypes(info.input()->schema()) : std::vector<Field>();
  for (const Params& params : info.params().list("aggregates")) {
    all_.emplace_back(info, params, types);
    if (all_.back().isPlugin()) plugins_.push_back({all_.size() - 1, cells_});
    cells_ += all_.back().countsRows() ? 0 : 1;
  }
  if (all_.empty()) throw ConfigError("The parameter 'aggregates' is empty: what is to be computed?");
}

std::vector<Field> Aggregates::resultFields() const {
  std::vector<Field> fields;
  for (const Aggregate& aggregate : all_) fields.push_back(aggregate.resultField());
  return fields;
}

std::vector<Field> Aggregates::inputTypes() const {
  std::vector<Field> fields;
  for (const Aggregate& aggregate : all_) {
    const bool none = aggregate.isPlugin() && aggregate.inputType().children.empty();
    if (!aggregate.countsRows() && !none) fields.push_back({aggregate.name(), aggregate.inputType()});
  }
  return fields;
}

void Aggregates::bind(const Batch& batch) {
  for (Aggregate& aggregate : all_) aggregate.bind(batch);
}

void Aggregates::addCells(Group& group, std::int64_t row) const {
  makeCells(group);
  std::size_t cell = 0;
  for (const Aggregate& aggregate : all_) {
    if (aggregate.countsRows()) continue;
    if (!aggregate.isPlugin()) aggregate.add(group.cells[cell], row);
    ++cell;
  }
}

void Aggregates::merge(Group& group, const Group& other) const {
  group.rows += other.rows;
  if (other.cells.empty()) return;
  makeCells(group);
  std::size_t cell = 0;
  for (const Aggregate& aggregate : all_) {
    if (aggregate.countsRows()) continue;
    if (!aggregate.isPlugin()) aggregate.merge(group.cells[cell], other.cells.at(cell));
    ++cell;
  }
}

namespace {

template <typename T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
T take(std::string_view& bytes) {
  if (bytes.size() < sizeof(T)) throw FatalError("An aggregate in state is cut short.");
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

}  // namespace

std::size_t GroupCodec::heapBytes(const Group& group) const {
  std::size_t bytes = group.cells.capacity() * sizeof(Cell);
  for (const Cell& cell : group.cells) {
    if (const auto* text = std::get_if<std::string>(&cell.value)) bytes += text->capacity();
    if (const auto* sum = std::get_if<ExactSum>(&cell.value)) bytes += sum->heapBytes();
  }
  return bytes;
}

// Rows (8 bytes), then for each cell: count (8), wraps (8), kind (1), size (4), value.
void GroupCodec::write(const Group& group, std::string& out) const {
  put(out, group.rows);
  for (const Cell& cell : group.cells) {
    put(out, cell.count);
    put(out, cell.wraps);
    put(out, static_cast<std::uint8_t>(cell.value.index()));
    const std::size_t sizeAt = out.size();
    put(out, std::uint32_t{0});
    std::visit(
        [&](const auto& value) {
          if constexpr (requires { value.write(out); }) {
            value.write(out);
          } else if constexpr (requires { value.c_str(); }) {
            out.append(value);
          } else {
            put(out, value);
          }
        },
        cell.value);
    const auto size = static_cast<std::uint32_t>(out.size() - sizeAt - sizeof(std::uint32_t));
    std::memcpy(out.data() + sizeAt, &size, sizeof size);
  }
}

Group GroupCodec::read(std::string_view bytes) const {
  Group group;
  group.rows = take<std::int64_t>(bytes);
  while (!bytes.empty()) {
    Cell cell;
    cell.count = take<std::int64_t>(bytes);
    cell.wraps = take<std::int64_t>(bytes);
    const auto kind = take<std::uint8_t>(bytes);
    const auto size = take<std::uint32_t>(bytes);
    if (bytes.size() < size) throw FatalError("An aggregate in state is cut short.");
    std::string_view value = bytes.substr(0, size);
    switch (kind) {
      case 0: cell.value = take<Int128>(value); break;
      case 1: cell.value = take<double>(value); break;
      case 2: cell.value = std::string(value); break;
      case 3: cell.value = ExactSum::read(value); break;
      default: throw FatalError("An aggregate in state is of a kind that this version does not know.");
    }
    bytes.remove_prefix(size);
    group.cells.push_back(std::move(cell));
  }
  return group;
}

}  // namespace weir::window
