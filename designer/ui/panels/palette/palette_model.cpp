#include "designer/ui/panels/palette/palette_model.hpp"

#include <QMimeData>
#include <algorithm>

namespace weir::designer {

void PaletteModel::setCatalog(CatalogRef catalog) {
  beginResetModel();
  rows_.clear();
  entries_ = paletteOf(*catalog);
  catalog_ = std::move(catalog);
  fill();
  endResetModel();
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
    for (PaletteEntry& entry : searched(entries_, words_, recent_)) rows_.push_back({{}, std::move(entry)});
    return;
  }
  for (const QString& use : recent_) {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const PaletteEntry& entry) {
      return QString::fromStdString(entry.use) == use;
    });
    if (found == entries_.end()) continue;  // its plugin is not there now
    if (rows_.empty()) rows_.push_back({tr("Recently used"), {}});
    rows_.push_back({{}, *found});
  }
  QString section;
  for (const PaletteEntry& entry : entries_) {
    if (entry.section != section) {
      section = entry.section;
      rows_.push_back({section, {}});
    }
    rows_.push_back({{}, entry});
  }
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
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
}

QStringList PaletteModel::mimeTypes() const {
  return {QString::fromLatin1(kOperatorMimeType)};
}

QMimeData* PaletteModel::mimeData(const QModelIndexList& indexes) const {
  if (indexes.isEmpty()) return nullptr;
  auto* const data = new QMimeData;
  data->setData(QString::fromLatin1(kOperatorMimeType), indexes.first().data(kUseRole).toString().toUtf8());
  return data;
}

}  // namespace weir::designer
