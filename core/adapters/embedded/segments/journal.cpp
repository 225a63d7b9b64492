#include "core/adapters/embedded/segments/journal.hpp"

#include <cstring>

#include "core/adapters/embedded/segments/crc32c.hpp"
#include "core/adapters/embedded/segments/segment_format.hpp"

namespace weir::embedded {

namespace {

using runtime::File;
using runtime::Files;
using runtime::OpenMode;
using runtime::PartitionId;

constexpr char kMagic[8] = {'W', 'E', 'I', 'R', 'J', 'R', 'N', '\n'};
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kOldestVersion = 1;
constexpr std::size_t kEndOfVersion1 = 40;  // bytes of a PublishedEnd

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
  std::uint32_t notes;
};
static_assert(sizeof(RecordHeader) == 32);

// What else a record says about a partition.
enum class NoteKind : std::uint32_t { Mark = 1, Hold = 2, Drop = 3, MarksGone = 4 };
struct NoteHeader {
  std::uint32_t kind;
  std::uint32_t number;
  std::int64_t value;    // a mark's sequence, a hold's offset, the first generation whose marks stay
  std::uint64_t length;  // of what follows: a mark's frame, the name of a hold's reader
};

constexpr std::uint32_t kMaxRecord = 64U << 20;

template <typename T>
void put(std::vector<std::byte>& out, const T& value) {
  const std::size_t at = out.size();
  out.resize(at + sizeof(T));
  std::memcpy(out.data() + at, &value, sizeof(T));
}

void putNote(std::vector<std::byte>& out, NoteKind kind, std::uint32_t number, std::int64_t value,
             std::initializer_list<std::span<const std::byte>> pieces) {
  NoteHeader note{static_cast<std::uint32_t>(kind), number, value, 0};
  for (const std::span<const std::byte> piece : pieces) note.length += piece.size();
  put(out, note);
  for (const std::span<const std::byte> piece : pieces) out.insert(out.end(), piece.begin(), piece.end());
}

std::uint32_t notesOf(const JournalRecord& record) {
  return static_cast<std::uint32_t>(record.marks.size() + record.marksGone.size() + record.holds.size() +
                                    record.drops.size());
}

std::vector<std::byte> encode(const JournalRecord& record, std::uint64_t sequence) {
  std::vector<std::byte> out;
  RecordHeader header{};
  header.sequence = sequence;
  header.names = static_cast<std::uint32_t>(record.names.size());
  header.ends = static_cast<std::uint32_t>(record.ends.size());
  header.starts = static_cast<std::uint32_t>(record.starts.size());
  header.notes = notesOf(record);
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
  for (const auto& [number, mark] : record.marks) {
    const FrameHeader frame = frameOf(*mark.run, 0);
    putNote(out, NoteKind::Mark, number, static_cast<std::int64_t>(mark.sequence),
            {std::as_bytes(std::span(&frame, 1)), mark.run->body});
  }
  for (const auto& [number, generation] : record.marksGone) {
    putNote(out, NoteKind::MarksGone, number, generation, {});
  }
  for (const JournalRecord::Hold& hold : record.holds) {
    putNote(out, NoteKind::Hold, hold.number, hold.offset, {std::as_bytes(std::span(hold.reader))});
  }
  for (const std::uint32_t number : record.drops) putNote(out, NoteKind::Drop, number, 0, {});
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
    std::span<const std::byte> found;
    if (!bytes(length, found)) return false;
    out.assign(reinterpret_cast<const char*>(found.data()), found.size());
    return true;
  }
  bool bytes(std::uint64_t length, std::span<const std::byte>& out) {
    if (bytes_.size() < length) return false;
    out = bytes_.subspan(0, length);
    bytes_ = bytes_.subspan(length);
    return true;
  }
  bool end(std::uint32_t version, PublishedEnd& out) {
    std::span<const std::byte> found;
    if (!bytes(version == 1 ? kEndOfVersion1 : sizeof(out), found)) return false;
    std::memcpy(&out, found.data(), found.size());
    return true;
  }

 private:
  std::span<const std::byte> bytes_;
};

Result<std::vector<std::byte>> contentsOf(const File& file) {
  WEIR_TRY_ASSIGN(size, file.size());
  std::vector<std::byte> bytes(size);
  WEIR_TRY_ASSIGN(read, file.read(0, bytes));
  bytes.resize(read);
  return bytes;
}

bool applyMark(const NoteHeader& note, std::span<const std::byte> bytes, PartitionState& state) {
  FrameHeader frame{};
  if (bytes.size() < sizeof(frame)) return false;
  std::memcpy(&frame, bytes.data(), sizeof(frame));
  if (frame.length != bytes.size() - kUncheckedBytes || frame.rows != 0 || !isIntact(frame, bytes)) return false;
  auto run = std::make_shared<runtime::RunToAppend>();
  run->header = runHeaderOf(frame);
  run->body.assign(bytes.begin() + sizeof(frame), bytes.end());
  state.marks[{frame.generation, frame.writer}] = {static_cast<std::uint64_t>(note.value), std::move(run)};
  return true;
}

bool applyNote(RecordReader& reader, std::map<std::uint32_t, PartitionState>& state) {
  NoteHeader note{};
  std::span<const std::byte> bytes;
  if (!reader.get(note) || !reader.bytes(note.length, bytes)) return false;
  const auto found = state.find(note.number);
  if (found == state.end()) return false;
  switch (static_cast<NoteKind>(note.kind)) {
    case NoteKind::Mark: return applyMark(note, bytes, found->second);
    case NoteKind::Hold: {
      std::string name(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      if (note.value == kReleased) {
        found->second.holds.erase(name);
      } else {
        found->second.holds[std::move(name)] = note.value;
      }
      return true;
    }
    case NoteKind::MarksGone:
      std::erase_if(found->second.marks, [&](const auto& mark) { return mark.first.first < note.value; });
      return true;
    case NoteKind::Drop: state.erase(found); return true;
  }
  return false;
}

bool apply(std::uint32_t version, const RecordHeader& header, RecordReader reader,
           std::map<std::uint32_t, PartitionState>& state) {
  for (std::uint32_t i = 0; i < header.names; ++i) {
    std::uint32_t number = 0;
    std::uint32_t length = 0;
    PartitionId id;
    if (!reader.get(number) || !reader.get(id.partition) || !reader.get(length) || !reader.text(length, id.topic)) {
      return false;
    }
    if (!state.try_emplace(number, PartitionState{std::move(id), {}, 1, {}, {}}).second) return false;
  }
  for (std::uint32_t i = 0; i < header.ends; ++i) {
    std::uint32_t number = 0;
    PublishedEnd end;
    if (!reader.get(number) || !reader.end(version, end) || !state.contains(number)) return false;
    state[number].end = end;
  }
  for (std::uint32_t i = 0; i < header.starts; ++i) {
    std::uint32_t number = 0;
    std::uint32_t serial = 0;
    if (!reader.get(number) || !reader.get(serial) || !state.contains(number)) return false;
    state[number].firstSerial = serial;
  }
  for (std::uint32_t i = 0; i < header.notes; ++i) {
    if (!applyNote(reader, state)) return false;
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
  if (fileHeader.version < kOldestVersion || fileHeader.version > kVersion) {
    return configError(path + " has format version " + std::to_string(fileHeader.version) +
                       "; this Weir reads versions " + std::to_string(kOldestVersion) + " to " +
                       std::to_string(kVersion) + ". Use the version that wrote it, or a newer one.");
  }
  std::uint64_t at = sizeof(fileHeader);
  bool first = true;
  while (at < bytes.size()) {
    const std::optional<RecordHeader> header = recordAt(bytes, at);
    const bool inOrder = header && (first || header->sequence == sequence + 1);
    if (!header && !goodRecordFollows(bytes, at, sequence)) return at;
    if (!inOrder ||
        !apply(fileHeader.version, *header,
               RecordReader(bytes.subspan(at + sizeof(RecordHeader), header->length - sizeof(RecordHeader))), state)) {
      return damagedFile(path, at, "a record before the last commit is not as it was written");
    }
    sequence = header->sequence;
    at += header->length;
    first = false;
  }
  return at;
}

std::uint32_t Journal::versionOf(std::span<const std::byte> bytes) {
  FileHeader header{};
  if (bytes.size() >= sizeof(header)) std::memcpy(&header, bytes.data(), sizeof(header));
  return header.version;
}

Result<std::unique_ptr<Journal>> Journal::look(Files& files, const std::string& folder) {
  std::unique_ptr<Journal> journal(new Journal(files, folder, {}));
  auto opened = files.open(journal->path(), OpenMode::Read);
  if (!opened) return opened.error();
  WEIR_TRY_ASSIGN(bytes, contentsOf(**opened));
  WEIR_TRY_ASSIGN(good, replay(bytes, journal->path(), journal->partitions_, journal->sequence_));
  journal->size_ = good;
  return journal;
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
  WEIR_TRY_ASSIGN(bytes, contentsOf(*journal->file_));
  const std::uint64_t size = bytes.size();
  WEIR_TRY_ASSIGN(good, replay(bytes, journal->path(), journal->partitions_, journal->sequence_));
  if (good < size) {
    WEIR_TRY(journal->file_->truncate(good));
    WEIR_TRY(journal->file_->sync());
    pass(crashPoints, "recovery.journal.cut");
  }
  journal->size_ = good;
  for (const auto& [number, state] : journal->partitions_) {
    journal->numbers_[state.partition] = number;
    journal->lastNumber_ = number;  // the greatest: they stand in order
  }
  journal->isOfEarlierVersion_ = versionOf(bytes) != kVersion;
  return journal;
}

std::uint32_t Journal::numberOf(const PartitionId& partition, JournalRecord& record) {
  const auto [found, isNew] = numbers_.try_emplace(partition, lastNumber_ + 1);
  if (isNew) {
    ++lastNumber_;
    record.names.emplace_back(found->second, partition);
  }
  return found->second;
}

Result<void> Journal::write(const JournalRecord& record) {
  if (isOfEarlierVersion_) WEIR_TRY(compact());
  const std::vector<std::byte> bytes = encode(record, sequence_ + 1);
  WEIR_TRY(file_->append(bytes));
  ++sequence_;
  size_ += bytes.size();
  RecordHeader header{};
  std::memcpy(&header, bytes.data(), sizeof(header));
  apply(kVersion, header, RecordReader(std::span(bytes).subspan(sizeof(header))), partitions_);
  for (const std::uint32_t number : record.drops) {
    std::erase_if(numbers_, [number](const auto& known) { return known.second == number; });
  }
  return {};
}

Result<void> Journal::compact() {
  JournalRecord record;
  for (const auto& [number, state] : partitions_) {
    record.names.emplace_back(number, state.partition);
    if (state.end) record.ends.emplace_back(number, *state.end);
    record.starts.emplace_back(number, state.firstSerial);
    for (const auto& [key, mark] : state.marks) record.marks.emplace_back(number, mark);
    for (const auto& [reader, offset] : state.holds) record.holds.push_back({number, reader, offset});
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
  isOfEarlierVersion_ = false;
  pass(crashPoints_, "journal.compacted");
  return {};
}

}  // namespace weir::embedded
