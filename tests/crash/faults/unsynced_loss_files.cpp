#include "tests/crash/faults/unsynced_loss_files.hpp"

#include <algorithm>
#include <cstring>
#include <random>

namespace weir::faults {

using runtime::File;
using runtime::Files;
using runtime::OpenMode;

namespace {

std::string parentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

// A file: its durable part, of which the first `kept` bytes still count, and unsynced bytes after them.
struct UnsyncedLossFiles::Node {
  std::unique_ptr<File> durable;    // none while the file's name is not durable
  std::vector<std::byte> nameless;  // synced bytes of such a file
  std::uint64_t kept = 0;
  std::vector<std::byte> unsynced;
  bool truncated = false;

  Result<void> sync() {
    if (durable == nullptr) {
      nameless.resize(kept);
      nameless.insert(nameless.end(), unsynced.begin(), unsynced.end());
    } else {
      if (truncated) WEIR_TRY(durable->truncate(kept));
      if (!unsynced.empty()) WEIR_TRY(durable->append(unsynced));
      WEIR_TRY(durable->sync());
    }
    kept += unsynced.size();
    unsynced.clear();
    truncated = false;
    return {};
  }
};

class UnsyncedLossFiles::Handle final : public File {
 public:
  Handle(std::recursive_mutex& mutex, std::shared_ptr<Node> node) : mutex_(mutex), node_(std::move(node)) {}

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    const std::lock_guard lock(mutex_);
    std::size_t done = 0;
    if (position < node_->kept) {
      const std::size_t count = std::min<std::size_t>(into.size(), node_->kept - position);
      if (node_->durable == nullptr) {
        std::memcpy(into.data(), node_->nameless.data() + position, count);
        done = count;
      } else {
        WEIR_TRY_ASSIGN(read, node_->durable->read(position, into.first(count)));
        done = read;
        if (done < count) return done;
      }
    }
    const std::uint64_t from = position + done - node_->kept;
    if (done == into.size() || from >= node_->unsynced.size()) return done;
    const std::size_t count = std::min<std::size_t>(into.size() - done, node_->unsynced.size() - from);
    std::memcpy(into.data() + done, node_->unsynced.data() + from, count);
    return done + count;
  }
  Result<void> append(std::span<const std::byte> bytes) override {
    const std::lock_guard lock(mutex_);
    node_->unsynced.insert(node_->unsynced.end(), bytes.begin(), bytes.end());
    return {};
  }
  Result<std::uint64_t> size() const override {
    const std::lock_guard lock(mutex_);
    return node_->kept + node_->unsynced.size();
  }
  Result<void> truncate(std::uint64_t size) override {
    const std::lock_guard lock(mutex_);
    if (size < node_->kept) {
      node_->kept = size;
      node_->truncated = true;
    }
    node_->unsynced.resize(size - node_->kept);
    return {};
  }
  Result<void> sync() override {
    const std::lock_guard lock(mutex_);
    return node_->sync();
  }

 private:
  std::recursive_mutex& mutex_;
  std::shared_ptr<Node> node_;
};

// The node of a file that exists, or null.
Result<std::shared_ptr<UnsyncedLossFiles::Node>> UnsyncedLossFiles::find(const std::string& path) {
  const auto found = names_.find(path);
  if (found != names_.end()) return found->second;
  WEIR_TRY_ASSIGN(known, base_.exists(path));
  if (!known) return std::shared_ptr<Node>();
  auto node = std::make_shared<Node>();
  auto opened = base_.open(path, OpenMode::Append);
  if (!opened) return opened.error();
  node->durable = std::move(*opened);
  WEIR_TRY_ASSIGN(size, node->durable->size());
  node->kept = size;
  names_[path] = node;
  return node;
}

Result<std::unique_ptr<File>> UnsyncedLossFiles::open(const std::string& path, OpenMode mode) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(node, find(path));
  if (node == nullptr) {
    if (mode == OpenMode::Read) return configError("Cannot open " + path + ": there is no such file.");
    WEIR_TRY_ASSIGN(folder, base_.exists(parentOf(path)));
    if (!folder) return configError("Cannot create " + path + ": there is no such folder.");
    node = std::make_shared<Node>();
    names_[path] = node;
    changes_.push_back({NameChange::Kind::Create, path, "", node});
  }
  return std::unique_ptr<File>(std::make_unique<Handle>(mutex_, node));
}

Result<bool> UnsyncedLossFiles::exists(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(path);
  if (found != names_.end()) return found->second != nullptr;
  return base_.exists(path);
}

Result<std::vector<std::string>> UnsyncedLossFiles::list(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(names, base_.list(folder));
  for (const auto& [path, node] : names_) {
    if (parentOf(path) != folder) continue;
    const std::string name = path.substr(folder.size() + 1);
    std::erase(names, name);
    if (node != nullptr) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return std::move(names);
}

Result<void> UnsyncedLossFiles::makeFolders(const std::string& path) {
  return base_.makeFolders(path);
}

Result<void> UnsyncedLossFiles::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(node, find(path));
  if (node == nullptr) return fatalError("Cannot remove " + path + ": there is no such file.");
  names_[path] = nullptr;
  changes_.push_back({NameChange::Kind::Remove, path, "", nullptr});
  return {};
}

Result<void> UnsyncedLossFiles::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  WEIR_TRY_ASSIGN(node, find(from));
  if (node == nullptr) return fatalError("Cannot rename " + from + ": there is no such file.");
  names_[to] = node;
  names_[from] = nullptr;
  changes_.push_back({NameChange::Kind::Rename, from, to, nullptr});
  return {};
}

Result<void> UnsyncedLossFiles::apply(const NameChange& change) {
  switch (change.kind) {
    case NameChange::Kind::Create: {
      auto opened = base_.open(change.path, OpenMode::Append);
      if (!opened) return opened.error();
      Node& node = *change.node;
      node.durable = std::move(*opened);
      if (!node.nameless.empty()) WEIR_TRY(node.durable->append(node.nameless));
      node.nameless.clear();
      return node.durable->sync();
    }
    case NameChange::Kind::Rename: return base_.rename(change.path, change.target);
    case NameChange::Kind::Remove: return base_.remove(change.path);
  }
  return {};
}

Result<void> UnsyncedLossFiles::syncFolder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::vector<NameChange> later;
  for (const NameChange& change : changes_) {
    if (parentOf(change.path) == path) {
      WEIR_TRY(apply(change));
    } else {
      later.push_back(change);
    }
  }
  changes_ = std::move(later);
  std::erase_if(names_, [&](const auto& name) { return name.second == nullptr && parentOf(name.first) == path; });
  return base_.syncFolder(path);
}

Result<void> UnsyncedLossFiles::losePower(std::uint64_t seed) {
  const std::lock_guard lock(mutex_);
  std::mt19937_64 random(seed);
  if (seed != 0) {
    const std::size_t reached = random() % (changes_.size() + 1);
    for (std::size_t i = 0; i < reached; ++i) WEIR_TRY(apply(changes_[i]));
    for (const auto& [path, node] : names_) {
      if (node == nullptr || node->durable == nullptr || node->truncated || node->unsynced.empty()) continue;
      std::vector<std::byte> torn(
          node->unsynced.begin(),
          node->unsynced.begin() + static_cast<std::ptrdiff_t>(random() % (node->unsynced.size() + 1)));
      if (!torn.empty() && random() % 2 == 0) {
        const std::size_t from = random() % torn.size();
        const std::byte filler = random() % 2 == 0 ? std::byte{0} : std::byte{0xa5};
        std::fill(torn.begin() + static_cast<std::ptrdiff_t>(from), torn.end(), filler);
      }
      WEIR_TRY(node->durable->append(torn));
    }
  }
  names_.clear();
  changes_.clear();
  return {};
}

}  // namespace weir::faults
