#include "core/expr/text.hpp"

#include <algorithm>

namespace weir::expr {

bool isUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const std::size_t extra = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at <= extra) return false;
    std::uint32_t point = lead & (0x3fU >> extra);
    for (std::size_t i = 1; i <= extra; ++i) {
      if (!isContinuation(text[at + i])) return false;
      point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
    if (point < kSmallest[extra] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
    at += extra + 1;
  }
  return true;
}

std::string asciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

std::int64_t codePoints(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return !isContinuation(c); });
}

std::string_view substring(std::string_view text, std::int64_t start, std::int64_t count) {
  std::int64_t end = 0;  // exclusive, counted from 1
  if (__builtin_add_overflow(start, count, &end)) end = INT64_MAX;
  start = std::max<std::int64_t>(start, 1);
  if (end <= start) return {};
  const char* at = text.data();
  const char* const stop = at + text.size();
  const auto skip = [&](std::int64_t points) {
    while (points > 0 && at < stop) {
      ++at;
      while (at < stop && isContinuation(*at)) ++at;
      --points;
    }
  };
  skip(start - 1);
  const char* const begin = at;
  skip(end - start);
  return {begin, static_cast<std::size_t>(at - begin)};
}

namespace {

std::size_t pointLength(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && isContinuation(text[end])) ++end;
  return end - at;
}

bool patternIsGood(std::string_view pattern, std::string_view escape) {
  if (escape.empty()) return true;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern.substr(at, escape.size()) != escape) {
      at += pointLength(pattern, at);
      continue;
    }
    at += escape.size();
    const std::string_view rest = pattern.substr(at);
    if (rest.empty() || (rest[0] != '%' && rest[0] != '_' && rest.substr(0, escape.size()) != escape)) return false;
    at += pointLength(pattern, at);
  }
  return true;
}

}  // namespace

LikeMatch like(std::string_view text, std::string_view pattern, std::string_view escape) {
  if (!patternIsGood(pattern, escape)) return LikeMatch::BadPattern;
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t retryPattern = kNone;  // after the last '%'
  std::size_t retryText = 0;
  while (true) {
    bool matched = false;
    if (p < pattern.size()) {
      const bool escaped = !escape.empty() && pattern.substr(p, escape.size()) == escape;
      const std::size_t begin = escaped ? p + escape.size() : p;
      if (!escaped && pattern[p] == '%') {
        retryPattern = ++p;
        retryText = t;
        continue;
      }
      if (t < text.size()) {
        const std::size_t length = pointLength(pattern, begin);
        if (!escaped && pattern[p] == '_') {
          t += pointLength(text, t);
          p = begin + 1;
          matched = true;
        } else if (text.substr(t, length) == pattern.substr(begin, length)) {
          t += length;
          p = begin + length;
          matched = true;
        }
      }
    } else if (t == text.size()) {
      return LikeMatch::Yes;
    }
    if (matched) continue;
    if (retryPattern == kNone || retryText >= text.size()) return LikeMatch::No;
    retryText += pointLength(text, retryText);
    t = retryText;
    p = retryPattern;
  }
}

}  // namespace weir::expr
