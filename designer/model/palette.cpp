#include "model/palette.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

#include "model/edits.hpp"

namespace weir::designer {

namespace {

int rankOf(const PaletteEntry& entry) {
  if (entry.spec == nullptr) return 3;
  switch (entry.spec->kind) {
    case catalog::OperatorKind::Source: return 0;
    case catalog::OperatorKind::Sink: return 4;
    default: return entry.spec->stores.empty() ? 1 : 2;
  }
}

PaletteEntry topicEntry() {
  const auto tr = [](const char* text) { return QCoreApplication::translate("Palette", text); };
  return {std::string(kTopicUse),
          tr("Topic"),
          tr("Topics"),
          "topic",
          tr("A named stream on the log: what is written to it stays, and other topologies can read it."),
          {"through", "to", "KStream.to", "KTable", "repartition", "log", "queue", "channel", "stream", "kafka"},
          nullptr};
}

enum Score { kNo, kInDoc, kInKeyword, kKeywordBegins, kKeywordIs, kInTitle, kTitleBegins, kTitleIs };

Score scoreOf(const PaletteEntry& entry, const QString& word) {
  const auto compare = [&](const QString& text, Score is, Score begins, Score in) {
    if (text.compare(word, Qt::CaseInsensitive) == 0) return is;
    if (text.startsWith(word, Qt::CaseInsensitive)) return begins;
    return text.contains(word, Qt::CaseInsensitive) ? in : kNo;
  };
  Score best = compare(entry.title, kTitleIs, kTitleBegins, kInTitle);
  for (const QString& keyword : entry.keywords) {
    best = std::max(best, compare(keyword, kKeywordIs, kKeywordBegins, kInKeyword));
  }
  best = std::max(best, compare(QString::fromStdString(entry.use), kKeywordIs, kKeywordBegins, kInKeyword));
  best = std::max(best, compare(entry.category, kInKeyword, kInKeyword, kInDoc));
  return std::max(best, compare(entry.doc, kInDoc, kInDoc, kInDoc));
}

// Every word has to be found; the sum says how well. Words that stand together in a keyword count as one.
std::optional<int> scoreOfAll(const PaletteEntry& entry, const QString& words) {
  const QString whole = words.simplified();
  int sum = 3 * scoreOf(entry, whole);
  bool all = true;
  for (const QString& word : whole.split(' ')) {
    const Score score = scoreOf(entry, word);
    all = all && score != kNo;
    sum += score;
  }
  if (!all && scoreOf(entry, whole) == kNo) return std::nullopt;
  return sum;
}

}  // namespace

std::vector<PaletteEntry> paletteOf(const catalog::Catalog& catalog) {
  std::vector<PaletteEntry> entries;
  for (const catalog::CatalogEntry& plugin : catalog.entries()) {
    for (const catalog::OperatorSpec& spec : plugin.manifest.operators) {
      if (spec.kind == catalog::OperatorKind::Format) continue;
      PaletteEntry entry;
      entry.use = plugin.manifest.plugin + "." + spec.id;
      entry.title = QString::fromStdString(spec.title);
      entry.category = QString::fromStdString(spec.category);
      entry.icon = QString::fromStdString(spec.icon);
      entry.doc = QString::fromStdString(spec.doc);
      for (const std::string& keyword : spec.keywords) entry.keywords.append(QString::fromStdString(keyword));
      entry.spec = &spec;
      entries.push_back(std::move(entry));
    }
  }
  entries.push_back(topicEntry());
  std::stable_sort(entries.begin(), entries.end(), [](const PaletteEntry& left, const PaletteEntry& right) {
    const auto key = [](const PaletteEntry& entry) { return std::pair(rankOf(entry), entry.category); };
    return key(left) < key(right);
  });
  return entries;
}

std::vector<PaletteEntry> searched(const std::vector<PaletteEntry>& entries, const QString& words,
                                   const QStringList& recent) {
  if (words.trimmed().isEmpty()) return entries;
  struct Found {
    int score;
    qsizetype recent;
    const PaletteEntry* entry;
  };
  std::vector<Found> found;
  for (const PaletteEntry& entry : entries) {
    const std::optional<int> score = scoreOfAll(entry, words);
    if (!score) continue;
    const qsizetype at = recent.indexOf(QString::fromStdString(entry.use));
    found.push_back({*score, at < 0 ? recent.size() : at, &entry});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& left, const Found& right) {
    return std::pair(-left.score, left.recent) < std::pair(-right.score, right.recent);
  });
  std::vector<PaletteEntry> out;
  for (const Found& one : found) out.push_back(*one.entry);
  return out;
}

}  // namespace weir::designer
