#include "core/adapters/host/call/bridge_context.hpp"

#include <utility>

#include "core/adapters/host/call/bridged_pure.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

weir_aggregate::weir_aggregate() = default;
weir_aggregate::~weir_aggregate() = default;

void weir_context::breach(std::string text) {
  services.log(weir::LogLevel::Misbehaviour, text);
  const std::lock_guard lock(mutex_);
  if (!breach_) breach_ = std::move(text);
  breached_ = true;
}

std::optional<std::string> weir_context::takeBreach() {
  if (!breached_.load(std::memory_order_relaxed)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  breached_ = false;
  return std::exchange(breach_, std::nullopt);
}

void weir_context::setError(std::string_view text) {
  const std::lock_guard lock(mutex_);
  error_ = text;
}

std::string weir_context::takeError() {
  const std::lock_guard lock(mutex_);
  return std::exchange(error_, {});
}

weir_format* weir_context::keep(std::unique_ptr<weir_format> format) {
  const std::lock_guard lock(formatsMutex_);
  return formats_.emplace_back(std::move(format)).get();
}

void weir_context::cancelFormats() {
  const std::lock_guard lock(formatsMutex_);
  for (const auto& format : formats_) format->instance->cancel();
}

namespace weir::host {

void LentErrors::lend(std::vector<expr::RowError> errors, weir_row_errors* out) {
  errors_ = std::move(errors);
  rows_.clear();
  reasons_.clear();
  for (const expr::RowError& error : errors_) {
    rows_.push_back(error.row);
    reasons_.push_back(toSlice(error.reason));
  }
  if (out != nullptr) giveKnownPart(out, {0, 0, rows_.size(), rows_.data(), reasons_.data()});
}

}  // namespace weir::host
