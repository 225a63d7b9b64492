#include "core/drawing/words/fit_text.hpp"

#include <algorithm>

#include "core/drawing/words/utf8.hpp"

namespace weir::drawing {

namespace {

constexpr std::string_view kDots = "…";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Where the next piece that is not broken ends: after a space, a comma or a slash that have something behind them.
std::size_t pieceEnd(std::string_view text, std::size_t at) {
  const std::size_t found = text.find_first_of(" ,/\n", at);
  if (found == std::string_view::npos) return text.size();
  if (text[found] == '\n') return found == at ? found + 1 : found;
  return found + 1;
}

// As many characters as fit, at least one.
std::size_t fittingCharacters(std::string_view text, double width, FontRole role, const TextMeasure& measure) {
  std::size_t low = afterCharacter(text, 0);
  std::size_t high = text.size();
  while (low < high) {
    std::size_t middle = characterStart(text, (low + high + 1) / 2);
    if (middle <= low) middle = afterCharacter(text, low);
    if (measure.width(text.substr(0, middle), role) <= width) {
      low = middle;
    } else {
      high = characterStart(text, middle - 1);
    }
  }
  return low;
}

// The end of the line that begins at `from`.
std::size_t lineEnd(std::string_view text, std::size_t from, double width, FontRole role, const TextMeasure& measure) {
  std::size_t end = from;
  while (end < text.size()) {
    if (text[end] == '\n') return end;
    const std::size_t next = pieceEnd(text, end);
    if (measure.width(trimmed(text.substr(from, next - from)), role) > width) break;
    end = next;
  }
  if (end > from) return end;
  return from + fittingCharacters(text.substr(from), width, role, measure);
}

}  // namespace

std::string cutText(std::string_view text, double width, FontRole role, const TextMeasure& measure) {
  text = trimmed(text);
  if (measure.width(text, role) <= width) return std::string(text);
  // One long word is a path or an address, whose end says as much as its beginning.
  if (text.find(' ') == std::string_view::npos) return elideMiddle(text, width, role, measure);
  const double left = width - measure.width(kDots, role);
  std::string_view kept = trimmed(text.substr(0, lineEnd(text, 0, left, role, measure)));
  while (!kept.empty() && (kept.back() == ',' || kept.back() == ' ')) kept.remove_suffix(1);
  return std::string(kept) + std::string(kDots);
}

std::string elideMiddle(std::string_view text, double width, FontRole role, const TextMeasure& measure) {
  if (measure.width(text, role) <= width) return std::string(text);
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < text.size(); at = afterCharacter(text, at)) starts.push_back(at);
  const auto kept = [&](std::size_t count) {
    const std::size_t head = (count + 1) / 2;
    const std::size_t tail = count - head;
    return std::string(trimmed(text.substr(0, head < starts.size() ? starts[head] : text.size()))) +
           std::string(kDots) + std::string(tail == 0 ? "" : trimmed(text.substr(starts[starts.size() - tail])));
  };
  std::size_t low = 1;
  std::size_t high = starts.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (measure.width(kept(middle), role) <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return kept(low);
}

std::vector<std::string> wrapText(std::string_view text, double width, std::size_t lines, FontRole role,
                                  const TextMeasure& measure) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size() && out.size() < lines) {
    const bool last = out.size() + 1 == lines;
    const std::size_t end = lineEnd(text, at, width, role, measure);
    if (last && end < text.size()) {
      std::string rest(text.substr(at));
      std::replace(rest.begin(), rest.end(), '\n', ' ');
      out.push_back(cutText(rest, width, role, measure));
      break;
    }
    out.emplace_back(trimmed(text.substr(at, end - at)));
    at = end;
    if (at < text.size() && text[at] == '\n') ++at;
    while (at < text.size() && text[at] == ' ') ++at;
  }
  return out;
}

bool wrapsInto(std::string_view text, double width, std::size_t lines, FontRole role, const TextMeasure& measure) {
  std::size_t at = 0;
  for (std::size_t line = 0; line < lines && at < text.size(); ++line) {
    const std::size_t end = lineEnd(text, at, width, role, measure);
    const bool atBorder =
        end == text.size() || text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == '/' || text[end] == '\n';
    if (!atBorder) return false;  // a word alone is too wide
    at = end;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  }
  return at >= text.size();
}

}  // namespace weir::drawing
