// A Log port over another one, which it owns: what a fault does not change goes through.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/ports/log.hpp"

namespace weir::faults {

class LogOver : public runtime::Log {
 public:
  explicit LogOver(std::unique_ptr<runtime::Log> base) : base_(std::move(base)) {}

  Result<void> ensureTopic(const runtime::TopicSpec& spec) override { return base_->ensureTopic(spec); }
  Result<std::vector<runtime::TopicSpec>> topics() const override { return base_->topics(); }
  Result<std::unique_ptr<runtime::PartitionReader>> read(const runtime::PartitionId& partition,
                                                         runtime::Position from) override {
    return base_->read(partition, from);
  }
  Result<runtime::Position> publishedEnd(const runtime::PartitionId& partition) const override {
    return base_->publishedEnd(partition);
  }
  Result<runtime::Lag> lag(const runtime::PartitionId& partition, runtime::Position from) const override {
    return base_->lag(partition, from);
  }
  runtime::CommitResult commit(const runtime::Commit& commit) override { return base_->commit(commit); }
  Result<Instant> expire() override { return base_->expire(); }
  Result<void> usable() const override { return base_->usable(); }
  Result<void> trim(const runtime::PartitionId& partition, runtime::Position position) override {
    return base_->trim(partition, position);
  }
  void nameReader(const std::string& reader, const std::string& node) override { base_->nameReader(reader, node); }
  Result<void> release(const std::string& reader) override { return base_->release(reader); }
  Result<void> dropTopic(const std::string& topic) override { return base_->dropTopic(topic); }
  Result<std::vector<runtime::TopicFigures>> figures() const override { return base_->figures(); }
  void onPublished(std::function<void(const std::vector<runtime::PartitionAppend>&)> listener) override {
    base_->onPublished(std::move(listener));
  }
  bool announce(const runtime::PartitionAppend& words) override { return base_->announce(words); }

 private:
  std::unique_ptr<runtime::Log> base_;
};

}  // namespace weir::faults
