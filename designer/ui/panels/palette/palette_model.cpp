#include "designer/ui/panels/palette/palette_model.hpp"

#include <QMimeData>
#include <algorithm>
#include <utility>

namespace weir::designer {

void PaletteModel::setCatalog(CatalogRef catalog) {
  beginResetModel();
  rows_.clear();
  entries_ = paletteOf(*catalog);
  catalog_ = std::move(catalog);
  fill();
  endResetModel();
}

void PaletteModel::setTemplates(std::vector<OwnTemplate> templates) {
  beginResetModel();
  templates_ = std::move(templates);
  fill();
  endResetModel();
}

// With words, those that have all of them.
void PaletteModel::addTemplates() {
  const QStringList words = words_.simplified().split(' ', Qt::SkipEmptyParts);
  bool first = true;
  for (const OwnTemplate& own : templates_) {
    const QString text = own.title + ' ' + own.description;
    const auto in = [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); };
    if (!std::all_of(words.begin(), words.end(), in)) continue;
    if (std::exchange(first, false) && words.isEmpty()) rows_.push_back({tr("Own templates"), {}, {}});
    rows_.push_back({{}, {}, own});
  }
}

void PaletteModel::setWords(const QString& words) {
  if (words == words_) return;
  beginResetModel();
  words_ = words;
  fill();
  endResetModel();
}

void PaletteModel::setRecent(const QStringList& uses) {
  if (uses == recent_) return;
  beginResetModel();
  recent_ = uses;
  fill();
  endResetModel();
}

void PaletteModel::fill() {
  rows_.clear();
  if (!words_.trimmed().isEmpty()) {
    for (PaletteEntry& entry : searched(entries_, words_, recent_)) rows_.push_back({{}, std::move(entry), {}});
    return addTemplates();
  }
  for (const QString& use : recent_) {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const PaletteEntry& entry) {
      return QString::fromStdString(entry.use) == use;
    });
    if (found == entries_.end()) continue;  // its plugin is not there now
    if (rows_.empty()) rows_.push_back({tr("Recently used"), {}, {}});
    rows_.push_back({{}, *found, {}});
  }
  QString section;
  for (const PaletteEntry& entry : entries_) {
    if (entry.section != section) {
      section = entry.section;
      rows_.push_back({section, {}, {}});
    }
    rows_.push_back({{}, entry, {}});
  }
  addTemplates();
}

int PaletteModel::nextEntry(int row) const {
  for (int at = std::max(row, 0); at < rowCount(); ++at) {
    if (rows_[static_cast<std::size_t>(at)].head.isEmpty()) return at;
  }
  return -1;
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const bool head = !row.head.isEmpty();
  if (!row.own.file.isEmpty()) {
    switch (role) {
      case Qt::DisplayRole: return row.own.title;
      case Qt::AccessibleTextRole:
        return row.own.error.isEmpty() ? row.own.title : row.own.title + QStringLiteral(": ") + row.own.error;
      case Qt::ToolTipRole: return row.own.error.isEmpty() ? row.own.description : row.own.error;
      case kTemplateRole: return row.own.file;
      case kErrorRole: return row.own.error;
      case kTileRole: return row.own.error.isEmpty() ? QStringLiteral("layout-dashboard") : QStringLiteral("circle-x");
      case kHeadRole: return false;
      default: return {};
    }
  }
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return head ? row.head : row.entry.title;
    case Qt::ToolTipRole: return head ? QVariant() : QVariant(row.entry.doc);
    case kHeadRole: return head;
    case kUseRole: return QString::fromStdString(row.entry.use);
    case kKindRole: return head ? QVariant() : QVariant(static_cast<int>(kindOf(row.entry)));
    case kTileRole: return row.entry.icon;
    default: return {};
  }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
  if (!index.isValid() || index.data(kHeadRole).toBool()) return Qt::NoItemFlags;
  const bool broken = !index.data(kErrorRole).toString().isEmpty();
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (broken ? Qt::NoItemFlags : Qt::ItemIsDragEnabled);
}

QStringList PaletteModel::mimeTypes() const {
  return {QString::fromLatin1(kOperatorMimeType), QString::fromLatin1(kTemplateMimeType)};
}

QMimeData* PaletteModel::mimeData(const QModelIndexList& indexes) const {
  if (indexes.isEmpty()) return nullptr;
  auto* const data = new QMimeData;
  const QString own = indexes.first().data(kTemplateRole).toString();
  data->setData(QString::fromLatin1(own.isEmpty() ? kOperatorMimeType : kTemplateMimeType),
                (own.isEmpty() ? indexes.first().data(kUseRole).toString() : own).toUtf8());
  return data;
}

}  // namespace weir::designer
