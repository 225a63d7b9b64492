// The inspector: what is selected, as Properties, Schema and Docs; nothing selected: the topology itself.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include "designer/ui/panels/fields/form_view.hpp"
#include "designer/ui/panels/panel/panel.hpp"

namespace weir::designer {

class DocsView;
class InspectorHead;
class SchemaView;

class InspectorPanel : public Panel {
  Q_OBJECT

 public:
  explicit InspectorPanel(QWidget* parent = nullptr);

  enum Tab { kProperties, kSchema, kDocs };
  QTabBar& tabs() { return *tabs_; }
  InspectorHead& head() { return *head_; }
  FormView& fields() { return *fields_; }
  SchemaView& schema() { return *schema_; }
  DocsView& docs() { return *docs_; }

  // Paths are chosen from here, and written relative to it.
  void setFolder(const QString& folder);

 public Q_SLOTS:
  // Puts the cursor into the field of a parameter ("size", "aggregates.0.field"), as problems name it; empty: the name.
  void editField(const QString& parameter);
  // Puts it where there is something to do: into the first field that is missing or wrong, else into the first one.
  void editFirst();

 Q_SIGNALS:
  void left();  // Esc
  // Somebody named a file that the source `node` is to read, as it is written and where it is: nothing has become of
  // it.
  void dataFileNamed(const QString& node, const QString& written, const QString& file);

 protected:
  void onChange(Change change) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  // Tab goes through what is shown, from top to bottom.
  bool focusNextPrevChild(bool next) override;

 private:
  void refresh();
  void showTab();
  void showForm(const Form& form);
  void edit(const std::string& path, const json::Value& value);
  // False: there is no field of that path.
  bool focusField(const std::string& path);
  void focusByKey(QWidget& widget, Qt::FocusReason reason);
  void nameFile(const std::string& path, const std::string& written, const QString& file);

  std::string id_;  // of the one part that is shown; empty: the topology, several parts, a wire or a comment
  std::vector<std::string> several_;  // nodes and topics that are edited at once
  InspectorHead* head_;
  QTabBar* tabs_;
  QStackedWidget* pages_;
  QLabel* hint_;
  FormView* fields_;
  QToolButton* more_;
  FormView* standard_;
  SchemaView* schema_;
  DocsView* docs_;
  QString folder_;
  std::string toFill_;  // the path of the first field that is missing or wrong; empty: none is
};

}  // namespace weir::designer
