#include "adapters/embedded/log/journal.hpp"

#include <cstring>

#include "adapters/embedded/log/crc32c.hpp"
#include "adapters/embedded/log/segment_format.hpp"

namespace weir::embedded {

namespace {

using runtime::File;
using runtime::Files;
using runtime::OpenMode;
using runtime::PartitionId;

constexpr char kMagic[8] = {'W', 'E', 'I', 'R', 'J', 'R', 'N', '\n'};
constexpr std::uint32_t kVersion = 1;

struct FileHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t reserved;
};

struct RecordHeader {
  std::uint32_t length;  // of the whole record, padding included
  std::uint32_t crc;     // of everything after it
  std::uint64_t sequence;
  std::uint32_t names;
  std::uint32_t ends;
  std::uint32_t starts;
  std::uint32_t reserved;
};
static_assert(sizeof(RecordHeader) == 32);

constexpr std::uint32_t kMaxRecord = 64U << 20;

template <typename T>
void put(std::vector<std::byte>& out, const T& value) {
  const std::size_t at = out.size();
  out.resize(at + sizeof(T));
  std::memcpy(out.data() + at, &value, sizeof(T));
}

std::vector<std::byte> encode(const JournalRecord& record, std::uint64_t sequence) {
  std::vector<std::byte> out;
  RecordHeader header{};
  header.sequence = sequence;
  header.names = static_cast<std::uint32_t>(record.names.size());
  header.ends = static_cast<std::uint32_t>(record.ends.size());
  header.starts = static_cast<std::uint32_t>(record.starts.size());
  put(out, header);
  for (const auto& [number, partition] : record.names) {
    put(out, number);
    put(out, partition.partition);
    put(out, static_cast<std::uint32_t>(partition.topic.size()));
    for (const char c : partition.topic) out.push_back(static_cast<std::byte>(c));
  }
  for (const auto& [number, end] : record.ends) {
    put(out, number);
    put(out, end);
  }
  for (const auto& [number, serial] : record.starts) {
    put(out, number);
    put(out, serial);
  }
  out.resize((out.size() + 7) / 8 * 8);
  header.length = static_cast<std::uint32_t>(out.size());
  std::memcpy(out.data(), &header, sizeof(header));
  header.crc = crc32c(std::span(out).subspan(8));
  std::memcpy(out.data(), &header, sizeof(header));
  return out;
}

// The record that begins at `at`, when one does and its checksum holds.
std::optional<RecordHeader> recordAt(std::span<const std::byte> bytes, std::uint64_t at) {
  RecordHeader header{};
  if (bytes.size() - at < sizeof(header)) return std::nullopt;
  std::memcpy(&header, bytes.data() + at, sizeof(header));
  if (header.length < sizeof(header) || header.length > kMaxRecord || header.length % 8 != 0) return std::nullopt;
  if (header.length > bytes.size() - at) return std::nullopt;
  if (crc32c(bytes.subspan(at + 8, header.length - 8)) != header.crc) return std::nullopt;
  return header;
}

// Walks the checked contents of a record.
class RecordReader {
 public:
  explicit RecordReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <typename T>
  bool get(T& out) {
    if (bytes_.size() < sizeof(T)) return false;
    std::memcpy(&out, bytes_.data(), sizeof(T));
    bytes_ = bytes_.subspan(sizeof(T));
    return true;
  }
  bool text(std::uint32_t length, std::string& out) {
    if (bytes_.size() < length) return false;
    out.assign(reinterpret_cast<const char*>(bytes_.data()), length);
    bytes_ = bytes_.subspan(length);
    return true;
  }

 private:
  std::span<const std::byte> bytes_;
};

bool apply(const RecordHeader& header, RecordReader reader, std::map<std::uint32_t, PartitionState>& state) {
  for (std::uint32_t i = 0; i < header.names; ++i) {
    std::uint32_t number = 0;
    std::uint32_t length = 0;
    PartitionId id;
    if (!reader.get(number) || !reader.get(id.partition) || !reader.get(length) || !reader.text(length, id.topic)) {
      return false;
    }
    if (!state.try_emplace(number, PartitionState{std::move(id), std::nullopt, 1}).second) return false;
  }
  for (std::uint32_t i = 0; i < header.ends; ++i) {
    std::uint32_t number = 0;
    PublishedEnd end;
    if (!reader.get(number) || !reader.get(end) || !state.contains(number)) return false;
    state[number].end = end;
  }
  for (std::uint32_t i = 0; i < header.starts; ++i) {
    std::uint32_t number = 0;
    std::uint32_t serial = 0;
    if (!reader.get(number) || !reader.get(serial) || !state.contains(number)) return false;
    state[number].firstSerial = serial;
  }
  return true;
}

// Whether a good record of a later commit stands anywhere after `at`: then what stands at `at` is damage, not a
// record that was being written when the power went.
bool goodRecordFollows(std::span<const std::byte> bytes, std::uint64_t at, std::uint64_t sequence) {
  for (std::uint64_t next = at + 8; next + sizeof(RecordHeader) <= bytes.size(); next += 8) {
    std::uint64_t found = 0;
    std::memcpy(&found, bytes.data() + next + 8, sizeof(found));
    if (found <= sequence || found > sequence + (1U << 20)) continue;  // cheaper than a checksum at every place
    if (recordAt(bytes, next)) return true;
  }
  return false;
}

}  // namespace

Result<std::uint64_t> Journal::replay(std::span<const std::byte> bytes, const std::string& path,
                                      std::map<std::uint32_t, PartitionState>& state, std::uint64_t& sequence) {
  FileHeader fileHeader{};
  if (bytes.size() < sizeof(fileHeader)) return damagedFile(path, bytes.size(), "it ends within its header");
  std::memcpy(&fileHeader, bytes.data(), sizeof(fileHeader));
  if (std::memcmp(fileHeader.magic, kMagic, sizeof(kMagic)) != 0) {
    return damagedFile(path, 0, "it does not begin like a journal");
  }
  if (fileHeader.version != kVersion) {
    return configError(path + " has format version " + std::to_string(fileHeader.version) +
                       "; this Weir reads version " + std::to_string(kVersion) +
                       ". Use the version that wrote it, or a newer one.");
  }
  std::uint64_t at = sizeof(fileHeader);
  bool first = true;
  while (at < bytes.size()) {
    const std::optional<RecordHeader> header = recordAt(bytes, at);
    const bool inOrder = header && (first || header->sequence == sequence + 1);
    if (!header && !goodRecordFollows(bytes, at, sequence)) return at;
    if (!inOrder ||
        !apply(*header, RecordReader(bytes.subspan(at + sizeof(RecordHeader), header->length - sizeof(RecordHeader))),
               state)) {
      return damagedFile(path, at, "a record before the last commit is not as it was written");
    }
    sequence = header->sequence;
    at += header->length;
    first = false;
  }
  return at;
}

Result<std::unique_ptr<File>> Journal::create(const std::string& name, const std::vector<std::byte>& content) {
  auto opened = files_.open(name, OpenMode::Append);
  if (!opened) return opened.error();
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kVersion;
  WEIR_TRY((*opened)->truncate(0));
  WEIR_TRY((*opened)->append(std::as_bytes(std::span(&header, 1))));
  if (!content.empty()) WEIR_TRY((*opened)->append(content));
  WEIR_TRY((*opened)->sync());
  return opened;
}

Result<std::unique_ptr<Journal>> Journal::open(Files& files, const std::string& folder,
                                               const CrashPoints& crashPoints) {
  std::unique_ptr<Journal> journal(new Journal(files, folder, crashPoints));
  const std::string unfinished = journal->path() + ".new";
  WEIR_TRY_ASSIGN(known, files.exists(journal->path()));
  if (!known) {
    // Made under another name first: a journal that exists is whole.
    auto created = journal->create(unfinished, {});
    if (!created) return created.error();
    journal->file_ = std::move(*created);
    WEIR_TRY(files.rename(unfinished, journal->path()));
    WEIR_TRY(files.syncFolder(folder));
    journal->size_ = sizeof(FileHeader);
    return journal;
  }
  WEIR_TRY_ASSIGN(hasUnfinished, files.exists(unfinished));
  if (hasUnfinished) WEIR_TRY(files.remove(unfinished));

  auto opened = files.open(journal->path(), OpenMode::Append);
  if (!opened) return opened.error();
  journal->file_ = std::move(*opened);
  WEIR_TRY_ASSIGN(size, journal->file_->size());
  std::vector<std::byte> bytes(size);
  WEIR_TRY_ASSIGN(read, journal->file_->read(0, bytes));
  bytes.resize(read);
  WEIR_TRY_ASSIGN(good, replay(bytes, journal->path(), journal->partitions_, journal->sequence_));
  if (good < size) {
    WEIR_TRY(journal->file_->truncate(good));
    WEIR_TRY(journal->file_->sync());
    pass(crashPoints, "recovery.journal.cut");
  }
  journal->size_ = good;
  for (const auto& [number, state] : journal->partitions_) journal->numbers_[state.partition] = number;
  return journal;
}

std::uint32_t Journal::numberOf(const PartitionId& partition, JournalRecord& record) {
  const auto [found, isNew] = numbers_.try_emplace(partition, static_cast<std::uint32_t>(numbers_.size() + 1));
  if (isNew) record.names.emplace_back(found->second, partition);
  return found->second;
}

Result<void> Journal::write(const JournalRecord& record) {
  const std::vector<std::byte> bytes = encode(record, sequence_ + 1);
  WEIR_TRY(file_->append(bytes));
  ++sequence_;
  size_ += bytes.size();
  RecordHeader header{};
  std::memcpy(&header, bytes.data(), sizeof(header));
  apply(header, RecordReader(std::span(bytes).subspan(sizeof(header))), partitions_);
  return {};
}

Result<void> Journal::compact() {
  JournalRecord record;
  for (const auto& [number, state] : partitions_) {
    record.names.emplace_back(number, state.partition);
    if (state.end) record.ends.emplace_back(number, *state.end);
    record.starts.emplace_back(number, state.firstSerial);
  }
  const std::vector<std::byte> bytes = encode(record, sequence_);
  auto created = create(path() + ".new", bytes);
  if (!created) return created.error();
  pass(crashPoints_, "journal.compacting");
  WEIR_TRY(files_.rename(path() + ".new", path()));
  pass(crashPoints_, "journal.replaced");
  WEIR_TRY(files_.syncFolder(folder_));
  file_ = std::move(*created);
  size_ = sizeof(FileHeader) + bytes.size();
  pass(crashPoints_, "journal.compacted");
  return {};
}

}  // namespace weir::embedded
