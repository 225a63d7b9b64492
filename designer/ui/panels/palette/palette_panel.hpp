// The palette: what can be added to a topology. Search, drag, double click or Enter.
#pragma once

#include <QListView>

#include "designer/ui/panels/palette/palette_model.hpp"
#include "designer/ui/widgets/search_field.hpp"

namespace weir::designer {

class PalettePanel : public QWidget {
  Q_OBJECT

 public:
  explicit PalettePanel(QWidget* parent = nullptr);

  void setCatalog(CatalogRef catalog);
  void setTemplates(const std::vector<OwnTemplate>& templates);

  // Uses, newest first; kept by whoever keeps settings.
  void setRecent(const QStringList& uses);
  const QStringList& recent() const { return recent_; }
  // Something was added, from here or elsewhere. Nothing moves under the mouse: the list shows it when that has left.
  void noteUsed(const QString& use);

  // Puts the cursor into the search field and selects what stands there.
  void search();

  QLineEdit& searchField() { return *search_; }
  QListView& list() { return *list_; }

 Q_SIGNALS:
  void addRequested(const QString& use);
  // Of templates of one's own, by their files.
  void templateRequested(const QString& file);
  void changeTemplateRequested(const QString& file);
  void removeTemplateRequested(const QString& file);
  void recentChanged(const QStringList& uses);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void add(const QModelIndex& index);
  void setWords(const QString& words);
  void showRecent();
  void showMenu(QPoint at);

  PaletteModel model_;
  QStringList recent_;
  SearchField* search_;
  QListView* list_;
};

}  // namespace weir::designer
