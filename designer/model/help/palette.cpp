#include "designer/model/help/palette.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <optional>

#include "core/drawing/picture/picture.hpp"
#include "designer/model/edits/edits.hpp"

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

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Palette)
};

QString sectionOf(const PaletteEntry& entry) {
  switch (entry.spec->kind) {
    case catalog::OperatorKind::Source: return Words::tr("Sources");
    case catalog::OperatorKind::Sink: return Words::tr("Sinks");
    default: return entry.category;
  }
}

PaletteEntry topicEntry() {
  return {std::string(kTopicUse),
          Words::tr("Topic"),
          Words::tr("Topics"),
          "topic",
          Words::tr("A named stream on the log: what is written to it stays, and other topologies can read it."),
          {"through", "to", "KStream.to", "KTable", "repartition", "log", "queue", "channel", "stream", "kafka"},
          nullptr,
          Words::tr("Topics")};
}

enum Score { kNo, kInDoc, kInKeyword, kInTitle, kKeywordBegins, kTitleBegins, kKeywordIs, kTitleIs };

// Letters and digits alone: other people write "group by", "groupBy" and "KStream#to".
QString squashed(const QString& text) {
  QString out;
  for (const QChar c : text) {
    if (c.isLetterOrNumber()) out.append(c.toLower());
  }
  return out;
}

Score scoreOf(const PaletteEntry& entry, const QString& word) {
  const auto compare = [&](const QString& written, Score is, Score begins, Score in) {
    const QString text = squashed(written);
    if (text == word) return is;
    if (text.startsWith(word)) return begins;
    return text.contains(word) ? in : kNo;
  };
  Score best = compare(entry.title, kTitleIs, kTitleBegins, kInTitle);
  for (const QString& keyword : entry.keywords) {
    best = std::max(best, compare(keyword, kKeywordIs, kKeywordBegins, kInKeyword));
  }
  best = std::max(best, compare(QString::fromStdString(entry.use), kKeywordIs, kKeywordBegins, kInKeyword));
  best = std::max(best, compare(entry.section, kInKeyword, kInKeyword, kInDoc));
  best = std::max(best, compare(entry.category, kInKeyword, kInKeyword, kInDoc));
  // Words of the description, not letters within them: "as" is in "was".
  const QStringList doc = entry.doc.toLower().split(QRegularExpression("\\W+"), Qt::SkipEmptyParts);
  const bool inDoc = std::any_of(doc.begin(), doc.end(), [&](const QString& one) { return one.startsWith(word); });
  return std::max(best, inDoc ? kInDoc : kNo);
}

// Every word has to be found; the sum says how well. Words that stand together in a keyword count as one.
std::optional<int> scoreOfAll(const PaletteEntry& entry, const QString& words) {
  // "KStream#groupByKey" may stand in the keywords as it is, or as its method alone.
  const QString method = words.section(QRegularExpression("[#.:]+"), -1);
  const Score whole =
      std::max(scoreOf(entry, squashed(words)), method.isEmpty() ? kNo : scoreOf(entry, squashed(method)));
  int sum = 3 * whole;
  bool all = true;
  for (const QString& written : words.simplified().split(' ')) {
    const QString word = squashed(written);
    if (word.isEmpty()) continue;
    const Score score = scoreOf(entry, word);
    all = all && score != kNo;
    sum += score;
  }
  if (!all && whole == kNo) return std::nullopt;
  return sum;
}

}  // namespace

drawing::NodeKind kindOf(const PaletteEntry& entry) {
  return entry.spec == nullptr ? drawing::NodeKind::Topic : drawing::kindOf(*entry.spec);
}

std::vector<PaletteEntry> paletteOf(const catalog::Catalog& catalog) {
  std::vector<PaletteEntry> entries;
  for (const catalog::CatalogEntry& plugin : catalog.entries()) {
    for (const catalog::OperatorSpec& spec : plugin.manifest.operators) {
      if (!catalog::isNode(spec.kind)) continue;
      PaletteEntry entry;
      entry.use = plugin.manifest.plugin + "." + spec.id;
      entry.title = QString::fromStdString(spec.title);
      entry.category = QString::fromStdString(spec.category);
      entry.icon = QString::fromStdString(spec.icon);
      entry.doc = QString::fromStdString(spec.doc);
      for (const std::string& keyword : spec.keywords) entry.keywords.append(QString::fromStdString(keyword));
      entry.spec = &spec;
      entry.section = sectionOf(entry);
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
  if (squashed(words).isEmpty()) return entries;
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
  out.reserve(found.size());
  for (const Found& one : found) out.push_back(*one.entry);
  return out;
}

}  // namespace weir::designer
