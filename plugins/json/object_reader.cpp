#include "plugins/json/object_reader.hpp"

#include "plugins/json/strings.hpp"
#include "plugins/json/value_reader.hpp"

namespace weir::json {

ObjectReader::ObjectReader(const std::vector<Field>& fields, const std::string& prefix) {
  columns_.reserve(fields.size());
  for (const Field& field : fields) {
    byName_.emplace(field.name, static_cast<std::int32_t>(columns_.size()));
    columns_.emplace_back(field, prefix + field.name);
  }
  seen_.assign(fields.size(), 0);
}

const char* ObjectReader::read(const char* at, Reading& reading) {
  if (++reading.depth > kMaximumDepth) return reading.failure.set(at, "more than 64 levels of nesting");
  // Structs in lists come here again for other elements of the same record, hence a number of our own.
  ++record_;
  std::size_t filled = 0;
  std::uint32_t previous = kNone;
  for (;;) {
    // The guess: what followed last time follows again, byte for byte.
    const std::uint32_t guess = previous == kNone ? first_ : members_[previous].next;
    std::int32_t column = kUndeclared;
    if (guess != kNone && sameBytes(at, members_[guess].text.data(), members_[guess].size)) [[likely]] {
      at += members_[guess].size;
      column = members_[guess].column;
      previous = guess;
    } else {
      const char* const begin = skipSpace(at, reading.framing);
      if (*begin == '}' && *(at - 1) == '{') {
        at = begin + 1;
        break;
      }
      const Found found = findMember(at, reading);
      if (found.value == nullptr) return nullptr;
      at = found.value;
      column = found.column;
      if (found.member != kNone) {
        (previous == kNone ? first_ : members_[previous].next) = found.member;
        previous = found.member;
      }
    }
    if (column != kUndeclared) [[likely]] {
      const auto index = static_cast<std::size_t>(column);
      if (!see(index)) return reading.failure.set(at, "field '" + columns_[index].path() + "' is there twice");
      ++filled;
      at = readValue(at, columns_[index], reading);
    } else {
      at = skipValue(at, reading);
    }
    if (at == nullptr) return nullptr;
    if (*at != ',' && *at != '}') at = skipSpace(at, reading.framing);
    const char separator = *at++;
    if (separator == ',') continue;
    if (separator == '}') break;
    return reading.failure.set(at - 1, "a comma or } is needed, but there is " + excerpt(at - 1));
  }
  --reading.depth;
  return filled == columns_.size() ? at : fillMissing(at, reading);
}

const char* ObjectReader::fillMissing(const char* end, Reading& reading) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (seen_[i] == record_) continue;
    if (!columns_[i].field().nullable) {
      return reading.failure.set(end - 1, "field '" + columns_[i].path() + "' is missing");
    }
    columns_[i].appendNull();
  }
  return end;
}

std::int32_t ObjectReader::findColumn(std::string_view rawKey) const {
  if (rawKey.find('\\') != std::string_view::npos) {
    Failure ignored;  // the key has been checked
    Buffer<char> key;
    readString((std::string(rawKey) + '"' + std::string(kPadding, '\0')).data(), key, ignored);
    const auto found = byName_.find(std::string_view(key.data(), key.size()));
    return found == byName_.end() ? kUndeclared : found->second;
  }
  const auto found = byName_.find(rawKey);
  return found == byName_.end() ? kUndeclared : found->second;
}

// The guess was wrong: reads the key, and remembers how it is spelled.
[[gnu::noinline]] ObjectReader::Found ObjectReader::findMember(const char* at, Reading& reading) {
  Found found;
  const char* const begin = at;
  at = skipSpace(at, reading.framing);
  if (*at != '"') {
    reading.failure.set(at, "a field's name in quotes is needed, but there is " + excerpt(at));
    return found;
  }
  const char* const key = at + 1;
  at = skipString(key, reading.failure);
  if (at == nullptr) return found;
  const std::string_view rawKey(key, static_cast<std::size_t>(at - 1 - key));
  at = skipSpace(at, reading.framing);
  if (*at != ':') {
    reading.failure.set(at, "a colon is needed after a field's name, but there is " + excerpt(at));
    return found;
  }
  found.value = skipSpace(at + 1, reading.framing);

  const std::string_view text(begin, static_cast<std::size_t>(found.value - begin));
  if (const auto known = byText_.find(text); known != byText_.end()) {
    found.member = known->second;
    found.column = members_[found.member].column;
    return found;
  }
  found.column = findColumn(rawKey);
  if (text.size() <= kLongestText && members_.size() < kMostMembers) {
    Member member;
    text.copy(member.text.data(), kLongestText);
    member.size = static_cast<std::uint32_t>(text.size());
    member.column = found.column;
    found.member = static_cast<std::uint32_t>(members_.size());
    members_.push_back(member);
    byText_.emplace(std::string(text), found.member);
  }
  return found;
}

}  // namespace weir::json
