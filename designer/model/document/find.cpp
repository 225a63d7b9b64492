#include "designer/model/document/find.hpp"

#include <QStringList>
#include <algorithm>
#include <set>

#include "core/drawing/picture/layout_block.hpp"
#include "designer/model/edits/texts.hpp"

namespace weir::designer {

namespace {

using topology::Severity;

struct Candidate {
  std::string id;
  QString text;     // what plain words look at
  std::string use;  // nodes
  QString kind;
  bool pinned = false;
};

// Words with a meaning of their own; all others are plain.
bool isFilter(const QString& word) {
  const qsizetype colon = word.indexOf(':');
  return colon > 0 && QStringList{"is", "uses", "kind", "field"}.contains(word.left(colon).toLower());
}

// What somebody wrote into a part, a line each.
QString writtenIn(const json::Value& value) {
  QString all;
  eachText(value, [&](const json::Value& text) { all += "\n" + QString::fromStdString(text.asText()); });
  return all;
}

class Finder {
 public:
  Finder(const catalog::Catalog& catalog, const topology::CheckOutcome& checked)
      : catalog_(catalog), checked_(checked) {
    for (const topology::Problem& problem : checked.problems) {
      if (topology::isDraft(problem)) drafts_.insert(problem.node);
      if (problem.severity == Severity::Error && !topology::isDraft(problem)) withError_.insert(problem.node);
      if (problem.severity == Severity::Warning) withWarning_.insert(problem.node);
    }
  }

  bool fits(const Candidate& candidate, const QString& word) const {
    if (!isFilter(word)) return candidate.text.contains(word, Qt::CaseInsensitive);
    const QString key = word.section(':', 0, 0).toLower();
    const QString value = word.section(':', 1);
    if (key == "is") return is(candidate, value.toLower());
    if (key == "uses") return uses(candidate, value);
    if (key == "kind") return candidate.kind == value.toLower();
    return hasField(candidate, value);
  }

 private:
  bool is(const Candidate& candidate, const QString& state) const {
    if (state == "error") return withError_.contains(candidate.id);
    if (state == "draft") return drafts_.contains(candidate.id);
    if (state == "warning") return withWarning_.contains(candidate.id);
    if (state == "missing") return !candidate.use.empty() && catalog_.find(candidate.use) == nullptr;
    return state == "pinned" && candidate.pinned;
  }

  static bool uses(const Candidate& candidate, const QString& what) {
    const QString use = QString::fromStdString(candidate.use);
    return !use.isEmpty() && (use == what || use.startsWith(what + "."));
  }

  bool hasField(const Candidate& candidate, const QString& field) const {
    const std::string name = field.toStdString();
    return std::any_of(checked_.schemas.begin(), checked_.schemas.end(), [&](const topology::PortSchema& port) {
      return port.node == candidate.id && port.schema &&
             std::any_of(port.schema->fields.begin(), port.schema->fields.end(),
                         [&](const Field& column) { return column.name == name; });
    });
  }

  const catalog::Catalog& catalog_;
  const topology::CheckOutcome& checked_;
  std::set<std::string> withError_;
  std::set<std::string> drafts_;
  std::set<std::string> withWarning_;
};

std::vector<Candidate> candidates(const topology::Topology& topology, const catalog::Catalog& catalog) {
  std::vector<Candidate> all;
  const drawing::LayoutIndex layout(topology.layout);
  const auto text = [](const std::string& utf8) { return QString::fromStdString(utf8); };
  for (const auto& node : topology.nodes) {
    const catalog::OperatorSpec* const spec = catalog.find(node->use.value);
    Candidate one{node->id.value, {}, node->use.value, "processor", layout.place(node->id.value).pinned};
    one.text = QStringList{text(node->id.value), text(node->name.value), text(node->use.value), text(node->doc.value),
                           spec == nullptr ? QString() : text(spec->title)}
                   .join('\n') +
               writtenIn(node->params);
    if (spec != nullptr && spec->kind == catalog::OperatorKind::Source) one.kind = "source";
    if (spec != nullptr && spec->kind == catalog::OperatorKind::Sink) one.kind = "sink";
    all.push_back(std::move(one));
  }
  for (const auto& topic : topology.topics) {
    all.push_back({topic->id.value,
                   text(topic->id.value) + writtenIn(topic->settings),
                   {},
                   "topic",
                   layout.place(topic->id.value).pinned});
  }
  for (const auto& group : topology.groups) {
    all.push_back({group->id.value,
                   text(group->id.value + "\n" + group->name.value + "\n" + group->doc.value),
                   {},
                   "group",
                   false});
  }
  for (const drawing::Comment& comment : layout.comments()) {
    all.push_back({comment.id, text(comment.text), {}, "comment", false});
  }
  return all;
}

}  // namespace

QString plainWords(const QString& words) {
  QStringList plain = words.simplified().split(' ', Qt::SkipEmptyParts);
  plain.removeIf(isFilter);
  return plain.join(' ');
}

std::vector<std::string> findParts(const topology::Topology& topology, const catalog::Catalog& catalog,
                                   const topology::CheckOutcome& checked, const QString& words) {
  std::vector<std::string> found;
  const QStringList all = words.simplified().split(' ', Qt::SkipEmptyParts);
  if (all.isEmpty()) return found;
  const Finder finder(catalog, checked);
  for (const Candidate& candidate : candidates(topology, catalog)) {
    if (std::all_of(all.begin(), all.end(), [&](const QString& word) { return finder.fits(candidate, word); })) {
      found.push_back(candidate.id);
    }
  }
  return found;
}

}  // namespace weir::designer
