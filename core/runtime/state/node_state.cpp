#include "core/runtime/state/node_state.hpp"

#include <algorithm>

#include "core/topology/model/topic_names.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

namespace {

// Of a changelog, in one write to the state store: a tenth of a second of work, or two.
constexpr std::size_t kWriteEntries = 32 << 10;

}  // namespace

std::string changelogTopic(const std::string& nameInHome) {
  return std::string(topology::kChangelogPrefix) + nameInHome;
}

class NodeState::Store final : public NodeStore {
 public:
  Store(NodeState& owner, std::string name)
      : owner_(owner), id_{owner.nameInHome_, std::move(name)}, share_(owner.resources_.budget) {}

  Result<void> getMany(std::int64_t segment, std::span<const weir_slice> keys, std::span<weir_slice> values) override {
    std::fill(values.begin(), values.end(), weir_slice{nullptr, 0});
    WEIR_TRY(owner_.applyTail());
    if (owner_.appliedEnd_ == Position()) return {};
    keyViews_.clear();
    for (const weir_slice& key : keys) keyViews_.push_back(toView(key));
    WEIR_TRY(owner_.resources_.store.getMany(id_, owner_.partition_, segment, keyViews_, found_));
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (found_[i]) values[i] = toSlice(*found_[i]);
    }
    return {};
  }

  Result<void> scan(std::int64_t segment, weir_slice from, weir_slice to, const StateEntryVisitor& visitor) override {
    WEIR_TRY(owner_.applyTail());
    if (owner_.appliedEnd_ == Position()) return {};
    return owner_.resources_.store.scan(id_, owner_.partition_, segment, toView(from), toView(to),
                                        [&](std::string_view key, std::string_view value) {
                                          return visitor({segment, toSlice(key), toSlice(value)});
                                        });
  }

  Result<std::span<const std::int64_t>> segments() override {
    segments_.clear();
    WEIR_TRY(owner_.applyTail());
    if (owner_.appliedEnd_ != Position()) {
      auto found = owner_.resources_.store.segments(id_, owner_.partition_);
      if (!found) return found.error();
      segments_ = std::move(*found);
    }
    return std::span<const std::int64_t>(segments_);
  }

  Result<void> put(std::span<const weir_state_entry> entries) override {
    for (const weir_state_entry& entry : entries) {
      StateDelta delta;
      delta.kind = entry.value.data == nullptr ? StateDelta::Kind::Delete : StateDelta::Kind::Put;
      delta.store = id_.store;
      delta.segment = entry.segment;
      delta.key = toView(entry.key);
      if (entry.value.data != nullptr) delta.value = toView(entry.value);
      owner_.dirty_.append(delta);
    }
    return {};
  }

  Result<void> dropBelow(std::int64_t segment) override {
    StateDelta delta;
    delta.kind = StateDelta::Kind::DropBelow;
    delta.store = id_.store;
    delta.segment = segment;
    owner_.dirty_.append(delta);
    pendingDrop_ = std::max(pendingDrop_, segment);
    return {};
  }

  std::int64_t budget(std::int64_t used) override { return share_.update(used); }
  std::int64_t used() const { return share_.used(); }

  const StoreId& id() const { return id_; }
  // Segments below this are gone for good: what the tail still says about them need not be applied.
  std::int64_t dropped() const { return dropped_; }
  void committed() { dropped_ = std::max(dropped_, pendingDrop_); }
  bool opened = false;

 private:
  NodeState& owner_;
  StoreId id_;
  MemoryBudget::Share share_;
  std::int64_t pendingDrop_ = INT64_MIN;
  std::int64_t dropped_ = INT64_MIN;
  std::vector<std::string_view> keyViews_;
  std::vector<std::optional<std::string>> found_;
  std::vector<std::int64_t> segments_;
};

NodeState::NodeState(const topology::PlannedNode& node, std::int32_t partition, StateResources resources)
    : node_(node.id),
      nameInHome_(node.nameInHome()),
      partition_(partition),
      stamp_(node.stateStamp),
      keepsState_(keepsState(node)),
      resources_(std::move(resources)),
      changelog_{changelogTopic(nameInHome_), partition} {
  // A changelog that is not there yet has nothing to replay.
  if (const Result<Position> end = resources_.log.publishedEnd(changelog_)) endAtStart_ = *end;
  if (!keepsState_ && endAtStart_ != Position() && node.role == topology::NodeRole::Processor)
    keepsState_ = hasOwnChangelog();
}

// Of a stateless processor: it has kept something before. One of another meaning belonged to another operator.
bool NodeState::hasOwnChangelog() const {
  const auto topics = resources_.log.topics();
  return topics && std::any_of(topics->begin(), topics->end(), [this](const TopicSpec& topic) {
           return topic.name == changelog_.topic && topic.description == stamp_;
         });
}

Result<void> NodeState::beginToKeep() {
  if (keepsState_) return {};
  TopicSpec changelog;
  changelog.name = changelog_.topic;
  changelog.partitions = partition_ + 1;
  changelog.mayGrow = true;  // tasks begin in any order
  changelog.description = stamp_;
  WEIR_TRY(resources_.log.ensureTopic(changelog));
  keepsState_ = true;
  return {};
}

NodeState::~NodeState() = default;

bool NodeState::keepsState(const topology::PlannedNode& node) {
  using topology::NodeRole;
  if (node.role == NodeRole::TopicWrite) return false;
  return node.role != NodeRole::Processor || !node.stateStamp.empty();
}

NodeStore& NodeState::store(const std::string& name) {
  auto& store = stores_[name];
  if (!store) store = std::make_unique<Store>(*this, name);
  return *store;
}

Result<NodeState::Store*> NodeState::committedStore(std::string_view name) {
  const auto found = stores_.find(name);
  if (found == stores_.end()) {
    std::string known;
    for (const auto& [other, store] : stores_) known += (known.empty() ? "'" : ", '") + other + "'";
    return configError("Node '" + node_ + "' has no store '" + std::string(name) + "'" +
                       (known.empty() ? "." : ", but " + known + "."));
  }
  WEIR_TRY(applyTail());
  return appliedEnd_ == Position() ? nullptr : found->second.get();
}

Result<std::optional<std::string>> NodeState::read(std::string_view storeName, std::int64_t segment,
                                                   std::string_view key) {
  WEIR_TRY_ASSIGN(store, committedStore(storeName));
  if (store == nullptr) return std::optional<std::string>();
  std::vector<std::optional<std::string>> values;
  WEIR_TRY(resources_.store.getMany(store->id(), partition_, segment, std::span(&key, 1), values));
  return std::move(values[0]);
}

Result<void> NodeState::scan(std::string_view storeName, std::int64_t segment, std::string_view from,
                             std::string_view to, const StateVisitor& visitor) {
  WEIR_TRY_ASSIGN(store, committedStore(storeName));
  if (store == nullptr) return {};
  return resources_.store.scan(store->id(), partition_, segment, from, to, visitor);
}

Result<std::optional<std::string>> NodeState::get(const std::string& storeName, std::string_view key) {
  if (!keepsState()) return std::optional<std::string>();
  const weir_slice wanted = toSlice(key);
  weir_slice found{};
  WEIR_TRY(store(storeName).getMany(0, std::span(&wanted, 1), std::span(&found, 1)));
  if (found.data == nullptr) return std::optional<std::string>();
  return std::optional<std::string>(toView(found));
}

void NodeState::put(const std::string& storeName, std::string_view key, std::string_view value) {
  const weir_state_entry entry{0, toSlice(key), toSlice(value)};
  // Only copies: cannot fail.
  (void)store(storeName).put(std::span(&entry, 1));
}

std::int64_t NodeState::overlayBytes() const {
  std::int64_t bytes = 0;
  for (const auto& [name, store] : stores_) bytes += store->used();
  return bytes;
}

void NodeState::remove(const std::string& storeName, std::string_view key) {
  const weir_state_entry entry{0, toSlice(key), kAbsent};
  // Only copies: cannot fail.
  (void)store(storeName).put(std::span(&entry, 1));
}

std::optional<PartitionAppend> NodeState::takeDirty() {
  if (dirty_.entryCount() == 0) return std::nullopt;
  PartitionAppend append{changelog_, {}};
  append.runs.push_back(dirty_.take());
  return append;
}

Result<void> NodeState::committed() {
  if (!keepsState()) return {};
  for (auto& [name, store] : stores_) store->committed();
  auto unapplied = resources_.log.lag(changelog_, applied_.value_or(Position()));
  if (!unapplied) return unapplied.error();
  if (unapplied->bytes > resources_.unappliedBound) return applyTail();
  return {};
}

Result<void> NodeState::openStores() {
  for (auto& [name, store] : stores_) {
    if (store->opened) continue;
    WEIR_TRY(resources_.store.open(store->id(), stamp_));
    store->opened = true;
  }
  return {};
}

Result<void> NodeState::applyTail() {
  while (true) {
    WEIR_TRY_ASSIGN(all, applySome());
    if (all) return {};
  }
}

Result<bool> NodeState::applySome() {
  auto end = resources_.log.publishedEnd(changelog_);
  if (!end) return end.error();
  // A node that has never committed anything leaves the state store alone: opening it costs start-up time.
  if (*end == Position()) return true;
  WEIR_TRY(openStores());
  if (appliedEnd_ == *end) return true;
  Result<bool> all = replaySome(*end);
  if (all && !*all) return false;
  // What became of a write that failed only the store can tell.
  appliedEnd_ = all ? replay_->end : Position();
  if (!all) applied_.reset();
  replay_.reset();
  tail_.clear();
  if (!all) return all;
  restored_.done = restored_.total;
  WEIR_TRY(trimChangelog());
  return true;
}

Result<void> NodeState::beginReplay(Position end) {
  if (!applied_) {
    auto applied = resources_.store.appliedUpTo(nameInHome_, partition_);
    if (!applied) return applied.error();
    applied_ = *applied;
  }
  auto reader = resources_.log.read(changelog_, *applied_);
  if (!reader) return reader.error();
  if (const std::optional<Gap> gap = (*reader)->takeGap()) {
    return corruptError("The stored state of node '" + node_ + "', task " + std::to_string(partition_) +
                        ", goes up to entry " + std::to_string(gap->from.value()) +
                        " of its changelog, which begins only at " + std::to_string(gap->to.value()) +
                        ": what lies between is lost. Restore the home from a copy, or start with an empty one.");
  }
  tail_.clear();
  replay_ = Replay{std::move(*reader), end};
  restored_ = {};
  return {};
}

Result<bool> NodeState::replaySome(Position newestEnd) {
  if (!replay_) WEIR_TRY(beginReplay(newestEnd));
  const auto done = [this] { return replay_->reader->position() >= replay_->end && tail_.size() == 0; };
  if (done()) return true;
  const bool starting = *applied_ < endAtStart_;
  if (starting) WEIR_TRY(tellRestored());
  WEIR_TRY(readTail());
  const std::size_t count = std::min(tail_.size(), kWriteEntries);
  if (count == 0) return true;
  const std::vector<StateDelta>& deltas = tail_.take(count, [this](const StateDelta& delta) { return wanted(delta); });
  WEIR_TRY(openStores());
  // Never back: what an earlier version kept may be within a run.
  const Position upTo = std::max(*applied_, tail_.takenUpTo());
  WEIR_TRY(resources_.store.apply(nameInHome_, partition_, deltas, upTo));
  applied_ = upTo;
  if (resources_.reached && starting) resources_.reached("recovery.replayed");
  return done();
}

Result<void> NodeState::tellRestored() {
  WEIR_TRY_ASSIGN(left, resources_.log.lag(changelog_, *applied_));
  restored_.total = std::max(restored_.total, left.bytes);
  restored_.done = restored_.total - left.bytes;
  if (resources_.start == nullptr) return {};
  return resources_.start->at(node_, "Bringing stored state up to the last commit", restored_.done, restored_.total);
}

Result<void> NodeState::readTail() {
  PartitionReader& reader = *replay_->reader;
  while (reader.position() < replay_->end && tail_.size() < kWriteEntries) {
    auto run = reader.next();
    if (!run) return run.error();
    if (*run) {
      WEIR_TRY(tail_.add(**run));
    } else if (reader.position() < replay_->end) {
      return retryableError("The changelog of node '" + node_ + "', task " + std::to_string(partition_) +
                            ", has not been read to its end: the rest has not come yet.");
    }
  }
  return {};
}

// Makes stores that nobody has asked for yet, too: a run holds the entries of all stores of the node.
bool NodeState::wanted(const StateDelta& delta) {
  auto found = stores_.find(delta.store);
  if (found == stores_.end()) {
    const std::string name(delta.store);
    found = stores_.emplace(name, std::make_unique<Store>(*this, name)).first;
  }
  return delta.kind == StateDelta::Kind::DropBelow || delta.segment >= found->second->dropped();
}

// Only after a sync: what a power cut takes from the state store has to come from the changelog again. So that syncs
// are rare, a good deal of it is let go at a time.
Result<void> NodeState::trimChangelog() {
  if (resources_.othersRestore) return {};
  auto kept = resources_.log.lag(changelog_, trimmed_);
  if (!kept) return kept.error();
  if (kept->bytes <= resources_.unappliedBound) return {};
  WEIR_TRY(resources_.store.sync());
  WEIR_TRY(resources_.log.trim(changelog_, *applied_));
  trimmed_ = *applied_;
  return {};
}

}  // namespace weir::runtime
