#include "plugins/json/decoder.hpp"

#include <cstring>

namespace weir::json {

// The object and nothing else up to the terminator; nullptr with the reason in reading_.
[[gnu::always_inline]] inline const char* Decoder::readRecord(const char* at, char terminator) {
  reading_.depth = 0;
  if (*at != '{') [[unlikely]] {
    at = findObject(at);
    if (at == nullptr) return nullptr;
  }
  at = root_.read(at + 1, reading_);
  if (at == nullptr || *at == terminator) [[likely]]
    return at;
  return findEnd(at, terminator);
}

const char* Decoder::findObject(const char* at) {
  at = skipSpace(at, reading_.framing);
  return *at == '{' ? at : reading_.failure.set(at, "an object is needed, but there is " + excerpt(at));
}

const char* Decoder::findEnd(const char* at, char terminator) {
  at = skipSpace(at, reading_.framing);
  return *at == terminator ? at : reading_.failure.set(at, "after the object there is " + excerpt(at));
}

void Decoder::takeBack() {
  for (Column& column : root_.columns()) column.truncate(rows_);
}

// A line that is known to end with a line feed; answers where the next one begins.
const char* Decoder::decodeLine(const char* at, std::uint64_t offset, const MalformedReceiver& malformed) {
  const char* end = readRecord(at, '\n');
  if (end == nullptr) [[unlikely]]
    return refuseLine(at, offset, malformed);
  ++rows_;
  begins_.push_back(static_cast<std::int64_t>(offset));
  return end + 1;
}

const char* Decoder::refuseLine(const char* at, std::uint64_t offset, const MalformedReceiver& malformed) {
  takeBack();
  // No line feed is ever skipped inside a record, so a broken line cannot take the next one with it.
  const char* lineEnd = static_cast<const char*>(rawmemchr(at, '\n'));
  if (skipSpace(at, Framing::Lines) != lineEnd) {
    malformed(offset, offset + static_cast<std::uint64_t>(lineEnd - at), reading_.failure.reason(at));
  }
  return lineEnd + 1;
}

std::size_t Decoder::decodeLines(std::string_view data, const MalformedReceiver& malformed) {
  reading_.framing = Framing::Lines;
  const char* const begin = data.data();
  const char* at = begin;
  if (data.size() > kPadding) {
    // Lines that end well before the end of the data can be read where they are.
    const void* last = memrchr(begin, '\n', data.size() - kPadding);
    const char* const inPlaceEnd = last == nullptr ? begin : static_cast<const char*>(last) + 1;
    while (at < inPlaceEnd) at = decodeLine(at, static_cast<std::uint64_t>(at - begin), malformed);
  }
  const auto done = static_cast<std::size_t>(at - begin);
  const std::size_t rest = data.size() - done;
  if (rest != 0) {
    padded_.assign(rest + 1 + kPadding, '\0');
    std::memcpy(padded_.data(), at, rest);
    padded_[rest] = '\n';  // one more when the last line has its own: a blank line is no record
    const char* const copyEnd = padded_.data() + rest;
    for (const char* line = padded_.data(); line < copyEnd;) {
      line = decodeLine(line, done + static_cast<std::uint64_t>(line - padded_.data()), malformed);
    }
  }
  return rows_;
}

std::size_t Decoder::decodeRecords(std::string_view data, std::span<const std::uint64_t> offsets,
                                   const MalformedReceiver& malformed) {
  reading_.framing = Framing::Records;
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    const std::size_t size = offsets[i + 1] - offsets[i];
    if (padded_.size() < size + kPadding) padded_.resize(size + kPadding);
    char* const record = padded_.data();
    if (size != 0) std::memcpy(record, data.data() + offsets[i], size);
    std::memset(record + size, 0, kPadding);
    const char* end = readRecord(record, '\0');
    if (end == record + size) {
      ++rows_;
      begins_.push_back(static_cast<std::int64_t>(offsets[i]));
      continue;
    }
    if (end != nullptr) reading_.failure.set(end, "a zero byte in the record");
    takeBack();
    malformed(offsets[i], offsets[i + 1], reading_.failure.reason(record));
  }
  return rows_;
}

std::vector<OwnedColumn> Decoder::finish() {
  std::vector<OwnedColumn> columns;
  columns.reserve(root_.columns().size());
  for (Column& column : root_.columns()) columns.push_back(column.finish());
  rows_ = 0;
  begins_.clear();
  return columns;
}

std::vector<std::int64_t> Decoder::takeBegins() {
  std::vector<std::int64_t> begins;
  begins.reserve(begins_.capacity());
  begins.swap(begins_);
  return begins;
}

}  // namespace weir::json
