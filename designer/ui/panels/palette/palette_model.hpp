// The palette as a list for Qt's views: heads, and what can be added below them.
#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include "designer/model/file/own_templates.hpp"
#include "designer/model/help/palette.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

class PaletteModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { kUseRole = Qt::UserRole + 1, kHeadRole, kKindRole, kTileRole, kTemplateRole, kErrorRole };

  using QAbstractListModel::QAbstractListModel;

  void setCatalog(CatalogRef catalog);
  // Of one's own: below all others.
  void setTemplates(std::vector<OwnTemplate> templates);
  // Without words: all, under their heads, what was used last first. With words: what fits, best first.
  void setWords(const QString& words);
  void setRecent(const QStringList& uses);
  const QStringList& recent() const { return recent_; }

  // The first row from `row` on that can be added; -1: none.
  int nextEntry(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;

 private:
  struct Row {
    QString head;  // not empty: a head
    PaletteEntry entry;
    OwnTemplate own;  // its file not empty: that, instead of an entry
  };

  void fill();
  void addTemplates();

  CatalogRef catalog_;  // the entries point into it
  std::vector<PaletteEntry> entries_;
  std::vector<OwnTemplate> templates_;
  QStringList recent_;
  QString words_;
  std::vector<Row> rows_;
};

}  // namespace weir::designer
