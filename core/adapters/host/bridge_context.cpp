#include "adapters/host/bridge_context.hpp"

#include <utility>

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
