#include "core/runtime/codec/batch_reader.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>

#include "core/runtime/codec/block_format.hpp"
#include "core/runtime/codec/string_dictionary.hpp"
#include "weir/sdk/updates.hpp"

namespace weir::runtime {

namespace {

std::size_t nodeCount(const DataType& type) {
  std::size_t count = 1;
  for (const Field& child : type.children) count += nodeCount(child.type);
  return count;
}

// A batch over somebody else's bytes.
struct DecodedBatch {
  weir_batch batch{};
  std::atomic<int> references{1};
  SchemaRef schema;
  SharedBytes body;
  ArrowArray top{};
  const void* topBuffers[1] = {nullptr};
  // Sized once: arrays point at each other.
  std::vector<ArrowArray> arrays;
  std::vector<std::array<const void*, 3>> buffers;
  std::vector<ArrowArray*> pointers;
  std::vector<std::unique_ptr<std::byte[]>> spelled;  // offsets and data of columns that came as codes
  std::size_t arraysUsed = 0;
  std::size_t pointersUsed = 0;

  void reserve(std::size_t nodes) {
    arrays.resize(nodes);
    buffers.resize(nodes);
    pointers.resize(nodes);
  }
  static DecodedBatch* of(const weir_batch* batch) { return static_cast<DecodedBatch*>(batch->private_data); }
};

void releaseNothing(ArrowArray* array) {
  array->release = nullptr;  // owned by the batch
}

constexpr std::size_t kUnwanted = SIZE_MAX;

// The columns of a block, and where each one goes.
struct BlockColumns {
  const std::vector<Field>& written;
  std::span<const std::size_t> places;  // in the batch, kUnwanted; empty: each to its own
  std::span<const std::size_t> absent;  // columns of the batch that the block does not have
};

class BlockParser {
 public:
  BlockParser(DecodedBatch& target, const BlockColumns& columns)
      : target_(target), columns_(columns), bytes_(target.body.bytes) {}

  Result<void> parse() {
    BlockHeader header{};
    if (bytes_.size() < sizeof(header)) return damaged("it is too short for its header");
    std::memcpy(&header, bytes_.data(), sizeof(header));
    at_ = sizeof(header);
    if (header.magic != kBlockMagic) return damaged("it does not begin like a block of rows");
    if (header.version != kBlockVersion) {
      return configError("A block of rows has format version " + std::to_string(header.version) +
                         "; this Weir reads version " + std::to_string(kBlockVersion) +
                         ". Use the version that wrote it, or a newer one.");
    }
    if ((header.flags & ~kAllBlockFlags) != 0) return damaged("it has flags that do not exist");
    if (header.rows > INT32_MAX) return damaged("its number of rows is impossible");
    rows_ = header.rows;
    return envelope(header);
  }

 private:
  Error damaged(const std::string& what) const {
    return corruptError("A block of rows is damaged: " + what + " (at byte " + std::to_string(at_) + " of " +
                        std::to_string(bytes_.size()) + ").");
  }

  Result<std::span<const std::byte>> buffer() {
    std::uint64_t length = 0;
    if (bytes_.size() - at_ < 8) return damaged("it ends early");
    std::memcpy(&length, bytes_.data() + at_, 8);
    const std::size_t left = bytes_.size() - at_ - 8;
    if (length > left || (length + 7) / 8 * 8 > left) return damaged("a buffer is longer than the block");
    const std::span<const std::byte> found = bytes_.subspan(at_ + 8, static_cast<std::size_t>(length));
    at_ += 8 + static_cast<std::size_t>((length + 7) / 8 * 8);
    return found;
  }

  Result<std::span<const std::byte>> buffer(std::uint64_t length) {
    WEIR_TRY_ASSIGN(found, buffer());
    if (found.size() != length) return damaged("a buffer does not have the length that its rows need");
    return found;
  }

  Result<void> envelope(const BlockHeader& header) {
    weir_batch& batch = target_.batch;
    batch.struct_size = sizeof(weir_batch);
    batch.row_count = rows_;
    batch.schema = &target_.schema->arrow();
    if ((header.flags & kHasTimes) != 0) {
      WEIR_TRY_ASSIGN(times, buffer(static_cast<std::uint64_t>(rows_) * 8));
      batch.event_time = reinterpret_cast<const std::int64_t*>(times.data());
    }
    if ((header.flags & kHasOps) != 0) {
      WEIR_TRY_ASSIGN(ops, buffer(static_cast<std::uint64_t>(rows_)));
      for (const std::byte op : ops) {
        if (static_cast<std::uint8_t>(op) > WEIR_OP_DELETE) return damaged("a row has an unknown kind of change");
      }
      batch.ops = reinterpret_cast<const std::int8_t*>(ops.data());
      if (halfUpdate(batch.ops, rows_)) return damaged("it has half of an update");
    }
    WEIR_TRY(steps(header.steps, true, batch.steps, batch.step_count));
    if ((header.flags & kHasOrigin) != 0) {
      WEIR_TRY(steps(header.originSteps, false, batch.origin_steps, batch.origin_step_count));
    }
    if ((header.flags & kHasKey) != 0) {
      WEIR_TRY_ASSIGN(key, column(TypeId::Bytes, rows_));
      batch.key = key;
    }
    if ((header.flags & kHasHeaders) != 0) {
      WEIR_TRY_ASSIGN(headers, column(headersType(), rows_));
      batch.headers = headers;
    }
    const std::vector<Field>& fields = target_.schema->schema().fields;
    ArrowArray** children = target_.pointers.data() + target_.pointersUsed;
    target_.pointersUsed += fields.size();
    ArrowArray* timeColumn = nullptr;
    for (std::size_t i = 0; i < columns_.written.size(); ++i) {
      WEIR_TRY_ASSIGN(child, column(columns_.written[i].type, rows_));
      const std::size_t place = columns_.places.empty() ? i : columns_.places[i];
      if (place != kUnwanted) children[place] = child;
      if (i == header.timeColumn) timeColumn = child;
    }
    for (const std::size_t place : columns_.absent) children[place] = nulls(fields[place].type, rows_);
    if (at_ != bytes_.size()) return damaged("it has bytes after its last column");
    target_.top.length = rows_;
    target_.top.n_buffers = 1;
    target_.top.buffers = target_.topBuffers;
    target_.top.n_children = static_cast<std::int64_t>(fields.size());
    target_.top.children = children;
    target_.top.release = releaseNothing;
    batch.columns = &target_.top;
    if ((header.flags & kTimesAreColumn) != 0) return timesOf(header, timeColumn);
    return {};
  }

  Result<void> timesOf(const BlockHeader& header, const ArrowArray* column) {
    const bool fits = (header.flags & kHasTimes) == 0 && column != nullptr &&
                      columns_.written[header.timeColumn].type.id == TypeId::Timestamp && column->null_count == 0;
    if (!fits) return damaged("the column of its event times cannot be one");
    target_.batch.event_time = static_cast<const std::int64_t*>(column->buffers[1]);
    return {};
  }

  // A column of nothing but nulls.
  ArrowArray* nulls(const DataType& type, std::int64_t length) {
    ArrowArray& array = target_.arrays[target_.arraysUsed];
    std::array<const void*, 3>& buffers = target_.buffers[target_.arraysUsed++];
    array.length = length;
    array.null_count = length;
    array.n_buffers = type.id == TypeId::Struct ? 1 : 2;
    array.buffers = buffers.data();
    array.release = releaseNothing;
    if (type.id == TypeId::String || type.id == TypeId::Bytes) array.n_buffers = 3;
    // The widest value there is, for each row and one more: whatever the buffers are, this is enough of zeros for them.
    const std::size_t bytes = (static_cast<std::size_t>(length) + 1) * 16;
    auto zeros = std::make_unique<std::byte[]>(bytes);
    for (const void*& buffer : buffers) buffer = zeros.get();
    target_.spelled.push_back(std::move(zeros));
    if (type.id == TypeId::List || type.id == TypeId::Struct) {
      array.n_children = static_cast<std::int64_t>(type.children.size());
      array.children = target_.pointers.data() + target_.pointersUsed;
      target_.pointersUsed += type.children.size();
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        array.children[i] = nulls(type.children[i].type, type.id == TypeId::List ? 0 : length);
      }
    }
    return &array;
  }

  Result<void> steps(std::uint32_t count, bool ascending, const weir_watermark_step*& out, std::int64_t& outCount) {
    WEIR_TRY_ASSIGN(found, buffer(std::uint64_t{count} * sizeof(weir_watermark_step)));
    const auto* list = reinterpret_cast<const weir_watermark_step*>(found.data());
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool rowFits = list[i].row >= 0 && list[i].row <= rows_ && (i == 0 || list[i].row >= list[i - 1].row);
      if (!rowFits) return damaged("a watermark step stands at an impossible row");
      if (ascending && i != 0 && list[i].watermark < list[i - 1].watermark) return damaged("a watermark falls");
    }
    out = list;
    outCount = count;
    return {};
  }

  Result<ArrowArray*> column(const DataType& type, std::int64_t length) {
    ArrowArray& array = target_.arrays[target_.arraysUsed];
    std::array<const void*, 3>& buffers = target_.buffers[target_.arraysUsed++];
    array.length = length;
    array.n_buffers = 2;
    array.buffers = buffers.data();
    array.release = releaseNothing;
    WEIR_TRY(validity(array, buffers[0]));
    const auto rows = static_cast<std::uint64_t>(length);
    switch (type.id) {
      case TypeId::Bool: return fixed(array, buffers, (rows + 7) / 8);
      case TypeId::Int32:
      case TypeId::Date: return fixed(array, buffers, rows * 4);
      case TypeId::Int64:
      case TypeId::Float64:
      case TypeId::Timestamp: return fixed(array, buffers, rows * 8);
      case TypeId::Decimal128: return fixed(array, buffers, rows * 16);
      case TypeId::String:
      case TypeId::Bytes: {
        array.n_buffers = 3;
        WEIR_TRY_ASSIGN(found, buffer());
        if (found.empty()) {
          WEIR_TRY(codedStrings(length, buffers));
          return &array;
        }
        WEIR_TRY_ASSIGN(end, offsets(found, length, buffers[1]));
        WEIR_TRY_ASSIGN(data, buffer(static_cast<std::uint64_t>(end)));
        buffers[2] = data.data();
        return &array;
      }
      case TypeId::List: {
        WEIR_TRY_ASSIGN(found, buffer());
        WEIR_TRY_ASSIGN(end, offsets(found, length, buffers[1]));
        WEIR_TRY(children(array, type, end));
        return &array;
      }
      case TypeId::Struct: {
        array.n_buffers = 1;
        WEIR_TRY(children(array, type, length));
        return &array;
      }
    }
    return damaged("it has a column of an unknown type");
  }

  Result<void> validity(ArrowArray& array, const void*& out) {
    WEIR_TRY_ASSIGN(bits, buffer());
    if (bits.empty()) return {};
    const auto length = static_cast<std::size_t>(array.length);
    if (bits.size() != (length + 7) / 8) return damaged("a validity bitmap does not have the length of its rows");
    std::int64_t valid = 0;
    for (std::size_t i = 0; i < length / 8; ++i) valid += std::popcount(static_cast<std::uint8_t>(bits[i]));
    if (length % 8 != 0) {
      const auto last = static_cast<std::uint8_t>(bits[length / 8]) & ((1U << (length % 8)) - 1);
      valid += std::popcount(last);
    }
    array.null_count = array.length - valid;
    if (array.null_count != 0) out = bits.data();
    return {};
  }

  Result<ArrowArray*> fixed(ArrowArray& array, std::array<const void*, 3>& buffers, std::uint64_t size) {
    WEIR_TRY_ASSIGN(values, buffer(size));
    buffers[1] = values.data();
    return &array;
  }

  // Answers the last offset: how many bytes or elements there must be.
  Result<std::int32_t> offsets(std::span<const std::byte> found, std::int64_t length, const void*& out) {
    if (found.size() != (static_cast<std::uint64_t>(length) + 1) * 4) {
      return damaged("a buffer does not have the length that its rows need");
    }
    const auto* list = reinterpret_cast<const std::int32_t*>(found.data());
    bool ascending = list[0] == 0;
    for (std::int64_t i = 0; i < length; ++i) ascending &= list[i] <= list[i + 1];
    if (!ascending) return damaged("offsets do not ascend from 0");
    out = list;
    return list[length];
  }

  // A dictionary and a number for each row; spelled out, so that nobody else has to know.
  Result<void> codedStrings(std::int64_t length, std::array<const void*, 3>& buffers) {
    WEIR_TRY_ASSIGN(found, buffer());
    if (found.size() < 4 || found.size() > (StringDictionary::kMost + 1) * 4) {
      return damaged("a dictionary has an impossible size");
    }
    const auto size = static_cast<std::int64_t>(found.size() / 4 - 1);
    const void* list = nullptr;
    WEIR_TRY_ASSIGN(end, offsets(found, size, list));
    WEIR_TRY_ASSIGN(data, buffer(static_cast<std::uint64_t>(end)));
    WEIR_TRY_ASSIGN(codes, buffer(static_cast<std::uint64_t>(length)));
    const auto* ends = static_cast<const std::int32_t*>(list);
    std::uint8_t greatest = 0;
    for (const std::byte code : codes) greatest = std::max(greatest, static_cast<std::uint8_t>(code));
    if (length != 0 && greatest >= size) return damaged("a row has a number that is not in the dictionary");
    return spellOut(codes, {ends, static_cast<std::size_t>(size) + 1}, data, buffers);
  }

  Result<void> spellOut(std::span<const std::byte> codes, std::span<const std::int32_t> ends,
                        std::span<const std::byte> dictionary, std::array<const void*, 3>& buffers) {
    std::uint64_t bytes = 0;
    for (const std::byte code : codes) {
      const auto at = static_cast<std::size_t>(code);
      bytes += static_cast<std::uint64_t>(ends[at + 1] - ends[at]);
    }
    if (bytes > INT32_MAX) return damaged("a column has more than 2 GiB of text");
    // Short strings are copied 32 bytes at a time, from a dictionary that may be read so far.
    constexpr std::size_t kSlack = 32;
    std::vector<std::byte> padded(dictionary.size() + kSlack);
    std::copy(dictionary.begin(), dictionary.end(), padded.begin());
    const std::size_t offsetBytes = (codes.size() + 1) * 4;
    auto memory = std::make_unique_for_overwrite<std::byte[]>(offsetBytes + bytes + kSlack);
    auto* offsets = reinterpret_cast<std::int32_t*>(memory.get());
    std::byte* text = memory.get() + offsetBytes;
    buffers[1] = offsets;
    buffers[2] = text;
    std::int32_t end = 0;
    *offsets++ = 0;
    for (const std::byte code : codes) {
      const auto at = static_cast<std::size_t>(code);
      const std::int32_t length = ends[at + 1] - ends[at];
      const std::byte* from = padded.data() + ends[at];
      if (length <= static_cast<std::int32_t>(kSlack)) {
        std::memcpy(text + end, from, kSlack);
      } else {
        std::memcpy(text + end, from, static_cast<std::size_t>(length));
      }
      end += length;
      *offsets++ = end;
    }
    target_.spelled.push_back(std::move(memory));
    return {};
  }

  Result<void> children(ArrowArray& array, const DataType& type, std::int64_t length) {
    array.n_children = static_cast<std::int64_t>(type.children.size());
    array.children = target_.pointers.data() + target_.pointersUsed;
    target_.pointersUsed += type.children.size();
    for (std::size_t i = 0; i < type.children.size(); ++i) {
      WEIR_TRY_ASSIGN(child, column(type.children[i].type, length));
      array.children[i] = child;
    }
    return {};
  }

  DecodedBatch& target_;
  const BlockColumns& columns_;
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::int64_t rows_ = 0;
};

// Columns must stand at multiples of 8; a body that does not is copied to where it does.
SharedBytes aligned(const SharedBytes& body) {
  if (reinterpret_cast<std::uintptr_t>(body.bytes.data()) % 8 == 0) return body;
  auto words = std::make_shared<std::vector<std::uint64_t>>((body.bytes.size() + 7) / 8);
  std::memcpy(words->data(), body.bytes.data(), body.bytes.size());
  return SharedBytes{{reinterpret_cast<const std::byte*>(words->data()), body.bytes.size()}, words};
}

Result<Batch> decode(const SharedBytes& body, const SchemaRef& schema, const BlockColumns& columns) {
  auto decoded = std::make_unique<DecodedBatch>();
  decoded->schema = schema;
  decoded->body = aligned(body);
  std::size_t nodes = 5;  // key; headers: list, struct, name, value
  for (const Field& field : schema->schema().fields) nodes += nodeCount(field.type);
  if (!columns.places.empty()) {
    for (const Field& field : columns.written) nodes += nodeCount(field.type);
  }
  decoded->reserve(nodes);
  WEIR_TRY(BlockParser(*decoded, columns).parse());

  weir_batch& batch = decoded->batch;
  batch.retain = [](const weir_batch* self) {
    DecodedBatch::of(self)->references.fetch_add(1, std::memory_order_relaxed);
  };
  batch.release = [](const weir_batch* self) {
    if (DecodedBatch::of(self)->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete DecodedBatch::of(self);
  };
  batch.private_data = decoded.get();
  return Batch::adopt(&decoded.release()->batch);
}

Error otherSchema(const std::string& why) {
  return configError("A block of rows was written with another schema than the one it is read with" + why +
                     "; give the topic the schema that it was written with, or another name.");
}

}  // namespace

struct BlockReader::Layout {
  Schema written;
  std::vector<std::size_t> places;
  std::vector<std::size_t> absent;
  std::optional<std::string> unreadable;
};

BlockReader::BlockReader(SchemaRef wanted) : wanted_(std::move(wanted)) {
  auto own = std::make_unique<Layout>();
  own->written = wanted_->schema();
  layouts_[fingerprintOf(wanted_->schema())] = std::move(own);
}

BlockReader::~BlockReader() = default;

bool BlockReader::knows(std::uint64_t fingerprint) const {
  return layouts_.contains(fingerprint);
}

void BlockReader::learn(const SchemaVersions& versions) {
  const Schema& wanted = wanted_->schema();
  for (const RowVersion& version : versions.all()) {
    if (version.format) continue;
    const Schema& written = version.schema;
    std::unique_ptr<Layout>& layout = layouts_[fingerprintOf(written)];
    if (layout != nullptr) continue;
    layout = std::make_unique<Layout>();
    layout->written = written;
    layout->unreadable = whyUnreadable(written, wanted);
    const auto placeOf = [&](const std::string& column) {
      return layout->unreadable ? std::nullopt : wanted.find(column);
    };
    for (const Field& field : written.fields) layout->places.push_back(placeOf(field.name).value_or(kUnwanted));
    for (std::size_t i = 0; i < wanted.fields.size(); ++i) {
      if (layout->unreadable || !written.find(wanted.fields[i].name)) layout->absent.push_back(i);
    }
  }
}

Result<Batch> BlockReader::read(const SharedBytes& body) const {
  const std::optional<std::uint64_t> fingerprint = fingerprintOfBlock(body.bytes);
  const auto found = fingerprint ? layouts_.find(*fingerprint) : layouts_.end();
  if (!fingerprint) return decode(body, wanted_, {wanted_->schema().fields, {}, {}});  // says what is wrong with it
  if (found == layouts_.end()) return otherSchema("");
  const Layout& layout = *found->second;
  // Words about time alone have no rows that could not be read.
  BlockHeader header{};
  std::memcpy(&header, body.bytes.data(), sizeof(header));
  if (layout.unreadable && header.rows != 0) return otherSchema(": " + *layout.unreadable);
  return decode(body, wanted_, {layout.written.fields, layout.places, layout.absent});
}

std::optional<std::uint64_t> fingerprintOfBlock(std::span<const std::byte> body) {
  BlockHeader header{};
  if (body.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, body.data(), sizeof(header));
  if (header.magic != kBlockMagic || header.version != kBlockVersion) return std::nullopt;
  return header.fingerprint;
}

Result<Batch> decodeBatch(const SharedBytes& body, const SchemaRef& schema) {
  return BlockReader(schema).read(body);
}

}  // namespace weir::runtime
