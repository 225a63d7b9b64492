// A log whose files were damaged: opening it either refuses or works. No crash, no endless read, offsets that grow.
//
// The input is a list of edits to the files of a small, whole log: which file, what to do, where, and with which bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/memory/memory_files.hpp"

namespace {

using namespace weir;           // NOLINT: a program of one file
using namespace weir::runtime;  // NOLINT

constexpr const char* kHome = "/log";
const std::vector<PartitionId> kPartitions = {{"orders", 0}, {"orders", 1}, {"changelog.counts", 0}};

struct Stored {
  std::string path;
  std::vector<std::byte> bytes;
};

template <typename T>
T good(Result<T> result) {
  if (!result) std::abort();
  return std::move(result).value();
}
void good(const Result<void>& result) {
  if (!result) std::abort();
}

void collect(Files& files, const std::string& folder, std::vector<Stored>& out) {
  for (const std::string& name : good(files.list(folder))) {
    const std::string path = folder + "/" + name;
    if (const auto inside = files.list(path); inside && !inside->empty()) {
      collect(files, path, out);
    } else if (auto file = files.open(path, OpenMode::Read)) {
      Stored stored{path, std::vector<std::byte>(good((*file)->size()))};
      good((*file)->read(0, stored.bytes));
      out.push_back(std::move(stored));
    }
  }
}

// Several commits, segments that roll, one that was trimmed.
std::vector<Stored> wholeLog() {
  MemoryFiles files;
  const auto log = good(embedded::EmbeddedLog::open(files, {.folder = kHome}));
  TopicSpec orders{.name = "orders", .partitions = 2, .segmentBytes = 512};
  TopicSpec changelog{.name = "changelog.counts", .segmentBytes = 512};
  good(log->ensureTopic(orders));
  good(log->ensureTopic(changelog));
  for (int commit = 0; commit < 8; ++commit) {
    std::vector<PartitionAppend> appends;
    for (const PartitionId& partition : kPartitions) {
      RunToAppend run;
      run.header.rows = commit % 3;
      run.header.mark = {0, 1, 1, commit, commit, WriterState::Active};
      run.body.assign(100, static_cast<std::byte>(commit));
      appends.push_back({partition, {run}});
    }
    if (commit == 6) good(log->trim(kPartitions[2], Position::of(4)));
    if (!log->append(std::move(appends))) std::abort();
  }
  std::vector<Stored> stored;
  collect(files, kHome, stored);
  return stored;
}

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return size_ == 0; }
  std::size_t number(std::size_t bytes) {
    std::size_t value = 0;
    for (; bytes > 0 && size_ > 0; --bytes, --size_) value = value << 8 | *data_++;
    return value;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

void edit(Input& input, std::vector<Stored>& log) {
  Stored& file = log[input.number(1) % log.size()];
  const std::size_t what = input.number(1) % 4;
  const std::size_t at = file.bytes.empty() ? 0 : input.number(2) % (file.bytes.size() + 1);
  const std::size_t count = input.number(1) % 33;
  switch (what) {
    case 0: file.bytes.resize(at); break;
    case 1: file.bytes.insert(file.bytes.end(), count, std::byte{0}); break;
    case 2: file.path.clear(); break;  // it is missing
    default:
      for (std::size_t i = at; i < std::min(at + count, file.bytes.size()); ++i) {
        file.bytes[i] = static_cast<std::byte>(input.number(1));
      }
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Stored> kWhole = wholeLog();
  std::vector<Stored> damaged = kWhole;
  for (Input input(data, size); !input.empty();) edit(input, damaged);

  MemoryFiles files;
  for (const Stored& stored : damaged) {
    if (stored.path.empty()) continue;
    good(files.makeFolders(stored.path.substr(0, stored.path.rfind('/'))));
    good(good(files.open(stored.path, OpenMode::Append))->append(stored.bytes));
  }
  const auto log = embedded::EmbeddedLog::open(files, {.folder = kHome});
  if (size == 0 && !log) std::abort();
  if (!log) return 0;
  for (const PartitionId& partition : kPartitions) {
    const auto reader = (*log)->read(partition, {});
    if (!reader) continue;
    Position last;
    for (auto run = (*reader)->next(); run && *run; run = (*reader)->next()) {
      if ((*run)->begin < last || (*run)->end < (*run)->begin || (*run)->header.rows < 0) std::abort();
      last = (*run)->end;
    }
  }
  return 0;
}
