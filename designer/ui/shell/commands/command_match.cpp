#include "designer/ui/shell/commands/command_match.hpp"

#include <QStringList>

namespace weir::designer {
namespace {

constexpr int kWordStart = 1;
constexpr int kInside = 10;
constexpr int kKeywordStart = 20;
constexpr int kKeywordInside = 40;
constexpr int kLetters = 100;

// Where `word` begins a word of `text`: 0 for the first word, 1 for the next; -1: nowhere.
int wordIndex(const QString& word, const QString& text) {
  const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
  for (qsizetype index = 0; index < words.size(); ++index) {
    if (words[index].startsWith(word, Qt::CaseInsensitive)) return static_cast<int>(index);
  }
  return -1;
}

bool lettersInOrder(const QString& letters, const QString& text) {
  qsizetype from = 0;
  for (const QChar letter : letters) {
    from = text.indexOf(letter, from, Qt::CaseInsensitive);
    if (from < 0) return false;
    ++from;
  }
  return true;
}

std::optional<int> wordCost(const QString& word, const QString& title, const QString& keywords) {
  if (const int index = wordIndex(word, title); index >= 0) return kWordStart + index;
  if (title.contains(word, Qt::CaseInsensitive)) return kInside;
  if (const int index = wordIndex(word, keywords); index >= 0) return kKeywordStart + index;
  if (keywords.contains(word, Qt::CaseInsensitive)) return kKeywordInside;
  if (lettersInOrder(word, title)) return kLetters;
  return std::nullopt;
}

}  // namespace

std::optional<int> commandCost(const QString& typed, const QString& title, const QString& keywords) {
  int cost = 0;
  for (const QString& word : typed.split(u' ', Qt::SkipEmptyParts)) {
    const std::optional<int> one = wordCost(word, title, keywords);
    if (!one) return std::nullopt;
    cost += *one;
  }
  return cost;
}

}  // namespace weir::designer
