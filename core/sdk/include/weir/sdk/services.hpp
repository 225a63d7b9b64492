// Services of the host that are opened once and used for each batch: expressions and formats. (Aggregates of plugins:
// aggregate_function.hpp.)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/known_part.hpp"

namespace weir {

// Rows that an expression could not compute, ascending. Valid until its next evaluation.
class RowErrors {
 public:
  explicit RowErrors(const weir_row_errors& errors) : errors_(errors) {}
  bool empty() const { return errors_.count == 0; }
  std::span<const std::uint32_t> rows() const { return {errors_.rows, errors_.count}; }
  std::string_view reason(std::size_t index) const { return toView(errors_.reasons[index]); }
  // Hands every one of them to the dead letters. Leave the rows out of what you emit (`rowsWithout`).
  void deadLetter(Context& context, const Batch& batch) const {
    for (std::size_t i = 0; i < errors_.count; ++i) {
      context.deadLetter(batch, {errors_.rows + i, 1}, reason(i));
    }
  }

 private:
  weir_row_errors errors_;
};

// The selected rows of `batch` without `excluded` (ascending): a selection vector.
inline std::vector<std::uint32_t> rowsWithout(const Batch& batch, std::span<const std::uint32_t> excluded) {
  std::vector<std::uint32_t> rows;
  rows.reserve(static_cast<std::size_t>(batch.selectedCount()));
  std::size_t next = 0;
  batch.forEachRow([&](std::int64_t row) {
    while (next < excluded.size() && excluded[next] < row) ++next;
    if (next == excluded.size() || excluded[next] != row) rows.push_back(static_cast<std::uint32_t>(row));
  });
  return rows;
}

struct Evaluated {
  OwnedColumn column;  // one value for each physical row; those of unselected and failed rows mean nothing
  RowErrors errors;
};

struct Selected {
  std::span<const std::uint32_t> rows;  // where the expression is true, ascending; until the next call
  RowErrors errors;
};

// An expression of the topology, compiled once over the schema of an input port.
class Expression {
 public:
  // [control] A text that does not compile throws a ConfigError that says where and why.
  Expression(Context& context, std::string_view text, std::size_t port = 0) : context_(&context) {
    ArrowSchema type{};
    context.check(context.host().expr_compile(context.handle(), static_cast<std::uint32_t>(port), toSlice(text),
                                              &expression_, &type));
    keepType(type, text);
  }
  // [control] Over columns that the operator puts together itself: `joinedSchema` of two inputs, so that a text may say
  // `left.amount > right.limit`, or columns that it computes.
  Expression(Context& context, std::string_view text, const SchemaRef& schema) : context_(&context) {
    context.require(context.host().expr_compile_over != nullptr, "expressions over several inputs");
    ArrowSchema type{};
    context.check(
        context.host().expr_compile_over(context.handle(), &schema->arrow(), toSlice(text), &expression_, &type));
    keepType(type, text);
  }

  const DataType& type() const { return field_.type; }
  bool nullable() const { return field_.nullable; }

  Evaluated evaluate(const Batch& batch) {
    ArrowArray values{};
    weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
    context_->check(context_->host().expr_evaluate(context_->handle(), expression_, batch.get(), &values, &errors));
    return {OwnedColumn(values), RowErrors(errors)};
  }
  // Boolean expressions only.
  Selected select(const Batch& batch) {
    const std::uint32_t* rows = nullptr;
    std::size_t count = 0;
    weir_row_errors errors{sizeof(weir_row_errors), 0, 0, nullptr, nullptr};
    context_->check(context_->host().expr_select(context_->handle(), expression_, batch.get(), &rows, &count, &errors));
    return {{rows, count}, RowErrors(errors)};
  }

 private:
  void keepType(ArrowSchema& type, std::string_view text) {
    const std::optional<Field> field = importField(type);
    type.release(&type);
    if (!field) throw FatalError("The host gave the expression '" + std::string(text) + "' a type unknown here.");
    field_ = *field;
  }

  Context* context_;
  weir_expr* expression_ = nullptr;
  Field field_;
};

// Records made by a format. Valid until the next encode.
class Encoded {
 public:
  explicit Encoded(const weir_encoded& encoded) : encoded_(encoded) {}
  std::size_t size() const { return encoded_.count; }
  std::string_view operator[](std::size_t index) const {
    return bytes().substr(encoded_.offsets[index], encoded_.offsets[index + 1] - encoded_.offsets[index]);
  }
  // All records, one after the other.
  std::string_view bytes() const {
    if (encoded_.count == 0) return {};
    return {reinterpret_cast<const char*>(encoded_.data), encoded_.offsets[encoded_.count]};
  }

 private:
  weir_encoded encoded_;
};

// Turns the selected rows of an input port into records of a format ("json.json").
class FormatEncoder {
 public:
  // [control]
  FormatEncoder(Context& context, std::string_view use, std::size_t port = 0) : context_(&context) {
    context.check(
        context.host().format_open(context.handle(), static_cast<std::uint32_t>(port), toSlice(use), &format_));
  }
  // [control] Of a schema of one's own, with parameters of the format as a JSON object ("" for none).
  FormatEncoder(Context& context, std::string_view use, const SchemaRef& schema, std::string_view params)
      : context_(&context) {
    context.require(context.host().format_open_with != nullptr, "formats with parameters");
    context.check(
        context.host().format_open_with(context.handle(), &schema->arrow(), toSlice(use), toSlice(params), &format_));
  }
  Encoded encode(const Batch& batch) {
    weir_encoded encoded{sizeof(weir_encoded), 0, nullptr, nullptr, 0};
    context_->check(context_->host().format_encode(context_->handle(), format_, batch.get(), &encoded));
    return Encoded(encoded);
  }

 private:
  Context* context_;
  weir_format* format_ = nullptr;
};

// Rows that a format made of bytes, and what it could not read: where that lies, and why. The latter is valid until the
// next decode.
struct Decoded {
  Batch batch;  // empty handle when there are no good rows
  std::span<const weir_malformed> malformed;
};

// Turns records of a format into rows, inside of an operator: the answer of a server, a column of bytes.
class FormatDecoder {
 public:
  // [control] `params`: of the format, a JSON object ("" for none).
  FormatDecoder(Context& context, std::string_view use, const SchemaRef& schema, std::string_view params = "")
      : context_(&context) {
    context.require(context.host().format_decode != nullptr, "decoding inside of an operator");
    context.check(
        context.host().format_open_with(context.handle(), &schema->arrow(), toSlice(use), toSlice(params), &format_));
  }
  // `offsets`: record i is data[offsets[i], offsets[i + 1]); empty: the format finds the borders itself.
  Decoded decode(std::string_view data, std::span<const std::uint64_t> offsets = {}) {
    std::optional<Decoded> decoded = tryDecode(data, offsets);
    if (decoded) return std::move(*decoded);
    throw FatalError("The format has to fetch something before it can decode: tryDecode waits for that.");
  }
  // Nothing: the format has to fetch something first, as a schema from a registry. Answer Flow::Blocked, and try the
  // same records again in `resume`.
  std::optional<Decoded> tryDecode(std::string_view data, std::span<const std::uint64_t> offsets = {}) {
    weir_decoded decoded{};
    decoded.struct_size = sizeof decoded;
    const weir_status status = context_->host().format_decode(context_->handle(), format_, toSlice(data),
                                                              offsets.empty() ? nullptr : offsets.data(),
                                                              offsets.empty() ? 0 : offsets.size() - 1, &decoded);
    if (status == WEIR_BLOCKED) return std::nullopt;
    context_->check(status);
    Decoded out;
    if (decoded.batch != nullptr) out.batch = Batch::adopt(decoded.batch);
    out.malformed = knownItems(decoded.malformed, decoded.malformed_count, decoded.malformed_size, malformed_);
    return out;
  }

 private:
  Context* context_;
  weir_format* format_ = nullptr;
  std::vector<weir_malformed> malformed_;  // of a host whose struct is not ours
};

}  // namespace weir
