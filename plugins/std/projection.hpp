// What select and extend have in common: columns that are computed from the rows of a batch.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/plugin.hpp"
#include "weir/sdk/services.hpp"

namespace weir::std_ops {

// Rows that at least one expression could not compute. Each is a dead letter once, with its first reason.
class FailedRows {
 public:
  void add(const weir::RowErrors& errors) {
    for (std::size_t i = 0; i < errors.rows().size(); ++i) {
      failed_.emplace_back(errors.rows()[i], errors.reason(i));
    }
  }
  bool empty() const { return failed_.empty(); }

  // Hands them to the dead letters, and answers the rows of the batch that are left.
  std::vector<std::uint32_t> settle(weir::Context& context, const weir::Batch& batch) {
    const auto byRow = [](const Failure& a, const Failure& b) { return a.first < b.first; };
    const auto sameRow = [](const Failure& a, const Failure& b) { return a.first == b.first; };
    std::stable_sort(failed_.begin(), failed_.end(), byRow);
    failed_.erase(std::unique(failed_.begin(), failed_.end(), sameRow), failed_.end());
    std::vector<std::uint32_t> rows;
    for (const auto& [row, reason] : failed_) {
      context.deadLetter(batch, {&row, 1}, reason);
      rows.push_back(row);
    }
    return weir::rowsWithout(batch, rows);
  }

 private:
  using Failure = std::pair<std::uint32_t, std::string_view>;
  std::vector<Failure> failed_;
};

// The parameter `fields`: names with their expressions.
class Projection {
 public:
  explicit Projection(const weir::CreateInfo& info) {
    const std::vector<weir::Params> entries = info.params().list("fields");
    if (entries.empty()) throw weir::ConfigError("The parameter 'fields' needs at least one column.");
    for (const weir::Params& entry : entries) {
      const std::string name = entry.text("name");
      if (name.empty()) throw weir::ConfigError("The parameter '" + entry.path("name") + "' is empty.");
      for (const weir::Field& other : fields_) {
        if (other.name == name) throw weir::ConfigError("The parameter 'fields' names '" + name + "' twice.");
      }
      weir::Expression expression = compile(info, entry);
      fields_.push_back({name, expression.type(), expression.nullable()});
      expressions_.push_back(std::move(expression));
    }
  }

  const std::vector<weir::Field>& fields() const { return fields_; }

  weir::OwnedColumn evaluate(std::size_t index, const weir::Batch& batch, FailedRows& failed) {
    weir::Evaluated result = expressions_[index].evaluate(batch);
    failed.add(result.errors);
    return std::move(result.column);
  }

 private:
  static weir::Expression compile(const weir::CreateInfo& info, const weir::Params& entry) {
    const std::string text = entry.text("expression");
    try {
      return weir::Expression(info.context(), text);
    } catch (const weir::PluginError& error) {
      // The host says where in the text; this says which text.
      throw weir::ConfigError("The parameter '" + entry.path("expression") + "' is wrong. " + error.what());
    }
  }

  std::vector<weir::Field> fields_;
  std::vector<weir::Expression> expressions_;
};

// The schema of port 0 as the host has derived it, or when nothing is attached there, as it would.
inline weir::SchemaRef outputSchema(const weir::CreateInfo& info, weir::Schema derived) {
  return info.output(0) != nullptr ? info.output(0) : weir::makeSchema(std::move(derived));
}

}  // namespace weir::std_ops
