// Fields, literals, and values that are used more than once.
#include <algorithm>
#include <charconv>

#include "core/expr/factories.hpp"

namespace weir::expr {

namespace {

// Where a field lies in a batch: its array, the row its row 0 has there, and the structs around it.
struct Located {
  const ArrowArray* array = nullptr;
  std::int64_t offset = 0;  // added to a row; without the array's own offset
  std::vector<std::pair<const ArrowArray*, std::int64_t>> parents;
};

Located locate(const weir_batch& batch, const std::vector<std::size_t>& path) {
  Located out;
  const ArrowArray* array = batch.columns;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i != 0) {
      out.parents.emplace_back(array, out.offset);
      out.offset += array->offset;
    }
    array = array->children[path[i]];
  }
  out.array = array;
  return out;
}

bool mayHaveNulls(const ArrowArray& array) {
  return array.null_count != 0 && array.n_buffers > 0 && array.buffers[0] != nullptr;
}

bool bitAt(const void* bits, std::int64_t index) {
  return ((static_cast<const std::uint8_t*>(bits)[index >> 3] >> (index & 7)) & 1) != 0;
}

class FieldNode final : public Node {
 public:
  FieldNode(std::vector<std::size_t> path, std::string name, DataType type, bool nullable, Span span)
      : Node(std::move(type), nullable, span), path_(std::move(path)), name_(std::move(name)) {}

  const std::vector<std::size_t>& path() const { return path_; }
  bool canFail() const override { return false; }
  void describe(std::string& out) const override { out += name_ + ":" + type().name(); }

  Vector evaluate(Frame& frame, Rows rows) override {
    const Located found = locate(*frame.batch, path_);
    Vector out = isNested(type().type.id)
                     ? Vector::borrow(nullptr, nullptr)
                     : loadColumn(frame, rows, type().type.id, *found.array, found.offset + found.array->offset);
    std::uint8_t* marks = nullptr;
    const auto addNulls = [&](const ArrowArray& array, std::int64_t offset) {
      if (!mayHaveNulls(array)) return;
      if (marks == nullptr) marks = out.mutableNulls(frame, rows);
      const std::int64_t first = offset + array.offset;
      rows.each([&](std::uint32_t row) { marks[row] |= bitAt(array.buffers[0], first + row) ? 0 : 1; });
    };
    for (const auto& [parent, offset] : found.parents) addNulls(*parent, offset);
    addNulls(*found.array, found.offset);
    return out;
  }

 private:
  std::vector<std::size_t> path_;
  std::string name_;
};

std::string scalarText(const Scalar& value, const DataType& type) {
  struct Visitor {
    const DataType& type;
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int32_t number) const { return std::to_string(number); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const {
      char text[32];
      return {text, std::to_chars(text, text + sizeof(text), number).ptr};
    }
    std::string operator()(Decimal number) const { return decimalText(number, type.scale); }
    std::string operator()(const std::string& text) const {
      std::string out = "'";
      for (char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
      return out + "'";
    }
  };
  return std::visit(Visitor{type}, value);
}

// The same value for every row; filled once and used again as long as no batch is larger.
class LiteralNode final : public Node {
 public:
  LiteralNode(Scalar value, ValueType type, Span span)
      : Node(std::move(type), std::holds_alternative<std::monostate>(value), span), value_(std::move(value)) {}

  bool canFail() const override { return false; }
  const Scalar* constant() const override { return &value_; }
  void describe(std::string& out) const override { out += scalarText(value_, type().type) + ":" + type().name(); }

  Vector evaluate(Frame& frame, Rows) override {
    if (frame.rowCount > filled_ || filled_ == 0) fill(std::max(frame.rowCount, 1U));
    return Vector::borrow(bytes_.get(), std::holds_alternative<std::monostate>(value_) ? nulls_.get() : nullptr);
  }

 private:
  void fill(std::uint32_t count) {
    withStorageType(type().type.id, [&]<typename T>() {
      bytes_.reset(static_cast<std::byte*>(::operator new[](sizeof(T) * count, Pool::kAlignment)));
      std::fill_n(reinterpret_cast<T*>(bytes_.get()), count, storageValue<T>());
    });
    if (std::holds_alternative<std::monostate>(value_)) {
      nulls_ = std::make_unique<std::uint8_t[]>(count);
      std::fill_n(nulls_.get(), count, std::uint8_t{1});
    }
    filled_ = count;
  }

  template <typename T>
  T storageValue() const {
    if constexpr (std::is_same_v<T, std::string_view>) {
      const auto* const text = std::get_if<std::string>(&value_);
      return text == nullptr ? std::string_view() : std::string_view(*text);
    } else if constexpr (std::is_same_v<T, std::uint8_t>) {
      const auto* const flag = std::get_if<bool>(&value_);
      return flag != nullptr && *flag ? 1 : 0;
    } else {
      const T* const number = std::get_if<T>(&value_);
      return number == nullptr ? T{} : *number;
    }
  }

  Scalar value_;
  std::uint32_t filled_ = 0;
  Pool::Block bytes_;
  std::unique_ptr<std::uint8_t[]> nulls_;
};

}  // namespace

class Reusable {
 public:
  explicit Reusable(NodePtr value) : value_(std::move(value)) {}
  Node& value() { return *value_; }
  const Node& value() const { return *value_; }

  // The last computed vector; set while the body of the `Let` is evaluated.
  const Vector* current = nullptr;

 private:
  NodePtr value_;
};

namespace {

class ReuseNode final : public Node {
 public:
  explicit ReuseNode(const Reusable& shared)
      : Node(shared.value().type(), shared.value().nullable(), shared.value().span()), shared_(shared) {}
  bool canFail() const override { return false; }
  void describe(std::string& out) const override { shared_.value().describe(out); }
  Vector evaluate(Frame&, Rows) override { return Vector::borrow(shared_.current->values(), shared_.current->nulls()); }

 private:
  const Reusable& shared_;  // owned by the Let around this
};

class LetNode final : public Node {
 public:
  LetNode(std::unique_ptr<Reusable> value, NodePtr body)
      : Node(body->type(), body->nullable(), body->span()), value_(std::move(value)), body_(std::move(body)) {}
  bool canFail() const override { return value_->value().canFail() || body_->canFail(); }
  void describe(std::string& out) const override { body_->describe(out); }
  Vector evaluate(Frame& frame, Rows rows) override {
    const Vector value = value_->value().evaluate(frame, rows);
    value_->current = &value;
    Vector out = body_->evaluate(frame, rows);
    // The body may answer the value itself, whose memory ends here.
    if (out.values() == value.values() || (out.nulls() != nullptr && out.nulls() == value.nulls())) {
      out = copy(frame, rows, out);
    }
    value_->current = nullptr;
    return out;
  }

 private:
  Vector copy(Frame& frame, Rows rows, const Vector& from) const {
    return withStorageType(type().type.id, [&]<typename T>() {
      Vector out = Vector::make(frame, sizeof(T));
      T* const to = out.mutableValues<T>();
      const Values<T> values(from);
      rows.each([&](std::uint32_t row) { to[row] = values[row]; });
      if (from.nulls() != nullptr) {
        std::uint8_t* const marks = out.mutableNulls(frame, rows);
        rows.each([&](std::uint32_t row) { marks[row] = from.nulls()[row]; });
      }
      return out;
    });
  }

  std::unique_ptr<Reusable> value_;
  NodePtr body_;
};

}  // namespace

Vector loadColumn(Frame& frame, Rows rows, TypeId type, const ArrowArray& array, std::int64_t first) {
  switch (type) {
    case TypeId::Bool: {
      Vector out = Vector::make(frame, 1);
      auto* const values = out.mutableValues<std::uint8_t>();
      rows.each([&](std::uint32_t row) { values[row] = bitAt(array.buffers[1], first + row) ? 1 : 0; });
      return out;
    }
    case TypeId::String:
    case TypeId::Bytes: {
      Vector out = Vector::make(frame, sizeof(std::string_view));
      auto* const values = out.mutableValues<std::string_view>();
      const auto* const offsets = static_cast<const std::int32_t*>(array.buffers[1]) + first;
      const auto* const data = static_cast<const char*>(array.buffers[2]);
      rows.each([&](std::uint32_t row) {
        values[row] = {data + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
      });
      return out;
    }
    default:
      return withStorageType(
          type, [&]<typename T>() { return Vector::borrow(static_cast<const T*>(array.buffers[1]) + first, nullptr); });
  }
}

NodePtr makeField(std::vector<std::size_t> path, std::string name, DataType type, bool nullable, Span span) {
  return std::make_unique<FieldNode>(std::move(path), std::move(name), std::move(type), nullable, span);
}

NodePtr makeLiteral(Scalar value, ValueType type, Span span) {
  return std::make_unique<LiteralNode>(std::move(value), std::move(type), span);
}

LetBuilder::LetBuilder(NodePtr value) : value_(std::make_unique<Reusable>(std::move(value))) {}
LetBuilder::~LetBuilder() = default;
const Node& LetBuilder::value() const {
  return value_->value();
}
NodePtr LetBuilder::use() {
  if (const Scalar* constant = value().constant()) return makeLiteral(*constant, value().type(), value().span());
  return std::make_unique<ReuseNode>(*value_);
}
NodePtr LetBuilder::finish(NodePtr body) {
  if (value().constant() != nullptr) return body;
  return std::make_unique<LetNode>(std::move(value_), std::move(body));
}

const std::vector<std::size_t>* fieldPath(const Node& node) {
  const auto* const field = dynamic_cast<const FieldNode*>(&node);
  return field == nullptr ? nullptr : &field->path();
}

namespace {

// An array that points into a batch, and what it needs to stay valid.
struct Alias {
  Batch batch;
  std::vector<std::uint8_t> validity;
  std::vector<const void*> buffers;
};

}  // namespace

OwnedColumn aliasField(const Node& field, const Batch& batch) {
  const Located found = locate(*batch.get(), *fieldPath(field));
  auto alias = std::make_unique<Alias>();
  alias->batch = batch;
  ArrowArray out = *found.array;
  alias->buffers.assign(out.buffers, out.buffers + out.n_buffers);
  out.offset += found.offset;
  out.length = batch.rowCount();
  const bool parentNulls = std::any_of(found.parents.begin(), found.parents.end(),
                                       [](const auto& parent) { return mayHaveNulls(*parent.first); });
  if (parentNulls) {
    alias->validity.assign(static_cast<std::size_t>((out.offset + out.length + 7) / 8), 0);
    out.null_count = 0;
    for (std::int64_t row = 0; row < out.length; ++row) {
      bool valid = !mayHaveNulls(*found.array) || bitAt(found.array->buffers[0], row + out.offset);
      for (const auto& [parent, offset] : found.parents) {
        valid = valid && (!mayHaveNulls(*parent) || bitAt(parent->buffers[0], row + offset + parent->offset));
      }
      const std::int64_t bit = row + out.offset;
      if (valid) alias->validity[static_cast<std::size_t>(bit >> 3)] |= static_cast<std::uint8_t>(1U << (bit & 7));
      out.null_count += valid ? 0 : 1;
    }
    alias->buffers[0] = alias->validity.data();
  }
  out.buffers = alias->buffers.data();
  out.release = [](ArrowArray* array) {
    delete static_cast<Alias*>(array->private_data);
    array->release = nullptr;
  };
  out.private_data = alias.release();
  return OwnedColumn(out);
}

}  // namespace weir::expr
