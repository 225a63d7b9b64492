#include "core/expr/output.hpp"

#include <climits>

namespace weir::expr {

namespace {

struct ColumnMemory {
  std::vector<std::uint8_t> validity;
  std::unique_ptr<std::byte[]> values;  // or offsets
  std::unique_ptr<char[]> bytes;
  const void* buffers[3] = {nullptr, nullptr, nullptr};
};

OwnedColumn finish(std::unique_ptr<ColumnMemory> memory, std::uint32_t rowCount, std::int64_t nulls, int buffers) {
  ArrowArray out{};
  out.length = rowCount;
  out.null_count = nulls;
  memory->buffers[0] = nulls == 0 ? nullptr : memory->validity.data();
  memory->buffers[1] = memory->values.get();
  memory->buffers[2] = memory->bytes.get();
  out.n_buffers = buffers;
  out.buffers = memory->buffers;
  out.release = [](ArrowArray* array) {
    delete static_cast<ColumnMemory*>(array->private_data);
    array->release = nullptr;
  };
  out.private_data = memory.release();
  return OwnedColumn(out);
}

std::int64_t fillValidity(Rows rows, std::uint32_t rowCount, const Vector& values, std::vector<std::uint8_t>& bits) {
  if (values.nulls() == nullptr) return 0;
  std::int64_t nulls = 0;
  bits.assign((std::size_t{rowCount} + 7) / 8, 0xff);
  rows.each([&](std::uint32_t row) {
    if (values.nulls()[row] == 0) return;
    bits[row >> 3] &= static_cast<std::uint8_t>(~(1U << (row & 7)));
    ++nulls;
  });
  return nulls;
}

// Arrow asks for a buffer even where there is nothing in it.
std::unique_ptr<std::byte[]> zeroed(std::size_t bytes) {
  return std::make_unique<std::byte[]>(bytes == 0 ? 8 : bytes);
}

void fillTexts(Frame& frame, Rows rows, const Vector& vector, ColumnMemory& memory) {
  const Values<std::string_view> values(vector);
  std::size_t total = 0;
  std::vector<RowError> tooLong;
  rows.each([&](std::uint32_t row) {
    if (vector.isNull(row)) return;
    const std::size_t size = values[row].size();
    if (total + size > INT_MAX) {
      tooLong.push_back({row, "the strings of this batch are over 2 GiB"});
    } else {
      total += size;
    }
  });
  memory.values = zeroed((std::size_t{frame.rowCount} + 1) * sizeof(std::int32_t));
  auto* const offsets = reinterpret_cast<std::int32_t*>(memory.values.get());
  memory.bytes = std::make_unique_for_overwrite<char[]>(total + 1);
  std::size_t at = 0;
  std::uint32_t closed = 0;  // rows whose end is written
  std::size_t nextTooLong = 0;
  rows.each([&](std::uint32_t row) {
    for (; closed < row; ++closed) offsets[closed + 1] = static_cast<std::int32_t>(at);
    const bool skipped = nextTooLong < tooLong.size() && tooLong[nextTooLong].row == row;
    if (skipped) ++nextTooLong;
    if (!skipped && !vector.isNull(row)) {
      const std::string_view text = values[row];
      if (!text.empty()) std::memcpy(memory.bytes.get() + at, text.data(), text.size());
      at += text.size();
    }
    offsets[++closed] = static_cast<std::int32_t>(at);
  });
  for (; closed < frame.rowCount; ++closed) offsets[closed + 1] = static_cast<std::int32_t>(at);
  frame.errors.insert(frame.errors.end(), tooLong.begin(), tooLong.end());
}

}  // namespace

OwnedColumn makeColumn(Frame& frame, TypeId type, Rows rows, const Vector& vector) {
  auto memory = std::make_unique<ColumnMemory>();
  const std::int64_t nulls = fillValidity(rows, frame.rowCount, vector, memory->validity);
  int buffers = 2;
  withStorageType(type, [&]<typename T>() {
    if constexpr (std::is_same_v<T, std::string_view>) {
      buffers = 3;
      fillTexts(frame, rows, vector, *memory);
    } else if constexpr (std::is_same_v<T, std::uint8_t>) {
      memory->values = zeroed((std::size_t{frame.rowCount} + 7) / 8);
      auto* const bits = reinterpret_cast<std::uint8_t*>(memory->values.get());
      const Values<T> values(vector);
      rows.each([&](std::uint32_t row) {
        if (!vector.isNull(row) && values[row] != 0) bits[row >> 3] |= static_cast<std::uint8_t>(1U << (row & 7));
      });
    } else {
      memory->values = zeroed(std::size_t{frame.rowCount} * sizeof(T));
      if (rows.index == nullptr && frame.rowCount != 0) {
        std::memcpy(memory->values.get(), vector.values(), std::size_t{frame.rowCount} * sizeof(T));
      } else {
        const Values<T> values(vector);
        auto* const out = reinterpret_cast<T*>(memory->values.get());
        rows.each([&](std::uint32_t row) { out[row] = values[row]; });
      }
    }
  });
  return finish(std::move(memory), frame.rowCount, nulls, buffers);
}

}  // namespace weir::expr
