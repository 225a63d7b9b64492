#include "core/runtime/formats/format_services.hpp"

namespace weir::runtime {

void FormatServices::close() {
  const std::lock_guard lock(mutex_);
  node_ = nullptr;
}

std::map<std::string, const Metric*> FormatServices::metrics() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, const Metric*> all;
  for (const auto& [name, metric] : metrics_) all.emplace(name, &metric);
  return all;
}

void FormatServices::log(LogLevel level, std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (node_ != nullptr) node_->log(level, text);
}

Timestamp FormatServices::now() const {
  const std::lock_guard lock(mutex_);
  return node_ == nullptr ? 0 : node_->now();
}

void FormatServices::wake() {
  const std::lock_guard lock(mutex_);
  if (node_ != nullptr) node_->wake();
}

Result<Metric*> FormatServices::metric(std::string_view name, MetricKind kind) {
  const std::lock_guard lock(mutex_);
  return &metrics_.try_emplace(std::string(name), kind).first->second;
}

}  // namespace weir::runtime
